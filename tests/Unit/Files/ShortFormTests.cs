using Compose.Files.Canonical;
using Compose.Files.Reading;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Tests.Files;

/// <summary>Small grammars: sizes, durations, names, command lines, ports and mounts.</summary>
public class ShortFormTests
{
    [Theory]
    [InlineData("64", 64L)]
    [InlineData("1k", 1024L)]
    [InlineData("64m", 67108864L)]
    [InlineData("1.5gb", 1610612736L)]
    [InlineData("2 MiB", 2097152L)]
    [InlineData("10B", 10L)]
    [InlineData("-1", -1L)]
    public void A_size_is_read(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("x")]
    [InlineData("1z")]
    [InlineData("")]
    public void What_is_no_size_is_none(string text) => Assert.Null(ByteSize.Parse(text));

    [Theory]
    [InlineData("1m30s", 90_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("2w", 1_209_600_000)]
    [InlineData("0", 0)]
    [InlineData("-1s", -1000)]
    public void A_duration_is_read(string text, long milliseconds) =>
        Assert.Equal(milliseconds, ComposeDuration.Parse(text)!.Value.TotalMilliseconds);

    [Theory]
    [InlineData("1")]
    [InlineData("s")]
    [InlineData("1x")]
    public void What_is_no_duration_is_none(string text) => Assert.Null(ComposeDuration.Parse(text));

    [Theory]
    [InlineData("My.Proj_X", "myproj_x")]
    [InlineData("__-a", "a")]
    [InlineData("Ünï", "n")]
    [InlineData("1st", "1st")]
    public void A_project_name_is_made_of_a_directory(string text, string name) =>
        Assert.Equal(name, ProjectNames.Normalize(text));

    [Theory]
    [InlineData("sh -c 'a b' \"c d\" e\\ f", "sh|-c|a b|c d|e f")]
    [InlineData("  two   words ", "two|words")]
    [InlineData("\"a\\\"b\"", "a\"b")]
    [InlineData("''", "")]
    public void A_command_line_is_split(string line, string words) => Assert.Equal(words.Split('|'), ShellWords.Split(line));

    [Theory]
    [InlineData(@"sh -c ""\ cd /x && \ run""", "sh|-c| cd /x &&  run")]
    [InlineData(@"a ""b\nc\'d"" 'e\nf'", @"a|bnc'd|e\nf")]
    [InlineData("a \"b\\\nc\"", "a|b\nc")]
    [InlineData("a `b c` `d \"e f\"`", "a|`b c`|`d e f`")]
    [InlineData("a $(b \"c d\") e", "a|$(b \"c d\")|e")]
    [InlineData(@"a \(b\) '(c)' ""(d)""", "a|(b)|(c)|(d)")]
    public void A_command_line_is_split_as_docker_compose_does(string line, string words) =>
        Assert.Equal(words.Split('|'), ShellWords.Split(line));

    [Theory]
    [InlineData("echo 'open")]
    [InlineData("echo `open")]
    [InlineData("echo $(open")]
    [InlineData("echo $(a $(b))")]
    [InlineData("echo (a)")]
    [InlineData("echo a)")]
    [InlineData(@"echo a\")]
    public void What_is_left_open_is_no_command_line(string line) => Assert.Null(ShellWords.Split(line));

    [Theory]
    [InlineData("3000", ":3000/tcp ")]
    [InlineData("8080:80", ":80/tcp 8080")]
    [InlineData("127.0.0.1:8080:80/udp", "127.0.0.1:80/udp 8080")]
    [InlineData("127.0.0.1::80", "127.0.0.1:80/tcp ")]
    [InlineData("[::1]:8080:80", "::1:80/tcp 8080")]
    [InlineData("9000-9002:80", ":80/tcp 9000-9002")]
    [InlineData("9000-9001:80-81", ":80/tcp 9000;:81/tcp 9001")]
    [InlineData("80-81", ":80/tcp ;:81/tcp ")]
    public void A_port_is_expanded(string text, string expected) => Assert.Equal(expected, Ports(text));

    [Theory]
    [InlineData("x:80")]
    [InlineData("80:x")]
    [InlineData("80/icmp")]
    [InlineData("9000-9005:80-81")]
    [InlineData("70000")]
    public void What_is_no_port_is_refused(string text) => Assert.Equal("refused", Ports(text));

    [Theory]
    [InlineData("/anonymous", "volume  /anonymous")]
    [InlineData("data:/data", "volume data /data")]
    [InlineData("./here:/data:ro", "bind ./here /data read_only")]
    [InlineData("~/x:/y", "bind ~/x /y")]
    [InlineData("/a:/b", "bind /a /b")]
    [InlineData(@"C:\a:/b", @"bind C:\a /b")]
    public void A_mount_is_expanded(string text, string expected)
    {
        var mount = (YamlMapping)MountShortForm.Volume(Scalar(text), Context(_ => { }))!;

        Assert.Equal(
            expected, $"{mount["type"]} {mount["source"]} {mount["target"]}{(mount.Has("read_only") ? " read_only" : "")}");
    }

    private static string Ports(string text)
    {
        var refused = false;
        var ports = PortShortForm.Expand(Scalar(text), Context(_ => refused = true)) as YamlSequence;
        return refused
            ? "refused"
            : string.Join(
                ";",
                ports!.Items.Cast<YamlMapping>()
                    .Select(port => $"{port["host_ip"]}:{port["target"]}/{port["protocol"]} {port["published"]}"));
    }

    private static YamlScalar Scalar(string text) => new() { Value = text, Text = text };

    private static ShortFormContext Context(Action<string> fail) => new((_, expected) => fail(expected), (_, _) => { });
}
