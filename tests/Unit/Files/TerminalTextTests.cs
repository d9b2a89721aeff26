using Compose.Errors;
using Compose.Files;
using Compose.Tests.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>Text of files and engines reaches a terminal without control characters; objects keep the raw text.</summary>
public class TerminalTextTests
{
    private const string Title = "\u001b]0;x\u0007";

    [Theory]
    [InlineData("plain, ümlaut and 🐳", "plain, ümlaut and 🐳")]
    [InlineData("a\u001b[31mb", @"a\u001b[31mb")]
    [InlineData("\u0007\u0000\u007f\u0085\u009b", @"\u0007\u0000\u007f\u0085\u009b")]
    [InlineData("\u202e\u2066\u200e\u200f\u061c\u200b\ufeff\u2028", @"\u202e\u2066\u200e\u200f\u061c\u200b\ufeff\u2028")]
    [InlineData("two\nlines\tand\r\nmore", @"two\u000alines\u0009and\u000d\u000amore")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    public void One_line_has_each_such_character_escaped(string text, string shown) =>
        Assert.Equal(shown, TerminalText.Line(text));

    [Theory]
    [InlineData("two\nlines\tand\r\nmore", "two\nlines\tand\nmore")]
    [InlineData("over\rwritten\u001b[A", @"over\u000dwritten\u001b[A")]
    public void Several_lines_keep_their_ends(string text, string shown) => Assert.Equal(shown, TerminalText.Block(text));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m\u001b[0m")]
    [InlineData("\u001b[1;38:5:9mx", "\u001b[1;38:5:9mx\u001b[0m")]
    [InlineData("a\u001b[2J\u001b[Hb", "ab")]
    [InlineData("a" + Title + "b\u001b]8;;http://x\u001b\\c", "abc")]
    [InlineData("a\u009b31mb\u009d0;x\u009cc", "abc")]
    [InlineData("10%\r20%\b\u0007", "10%20%")]
    [InlineData("a\u001bcb\u001b(0d\u001b", "abd")]
    [InlineData("a\u202eb", "ab")]
    [InlineData("line\n\ttab", "line\n\ttab")]
    public void What_a_program_wrote_keeps_its_colours_and_nothing_else(string text, string shown) =>
        Assert.Equal(shown, TerminalText.Output(text));

    [Theory]
    [InlineData("\"K\": 1\n")]
    [InlineData("services: {\"K\": {image: x}}\n")]
    [InlineData("services: {web: {image: x, \"K\": 1}}\n")]
    [InlineData("services: {web: {image: x, depends_on: [\"K\"], networks: [\"K\"], secrets: [\"K\"], network_mode: \"K\"}}\n")]
    [InlineData("services: {web: {image: x, env_file: \"K\", label_file: \"K\", container_name: \"K\", restart: \"K\", "
        + "cpus: \"K\", ports: [\"K\"], expose: [\"K\"]}}\n")]
    [InlineData("services: {web: {image: x, extends: \"K\", volumes: [\"K:/x\", {type: \"K\", target: x}], pull_policy: \"K\", "
        + "healthcheck: {test: [\"K\"]}}}\n")]
    [InlineData("include: [\"K\"]\nservices: {web: {image: \"${K}\"}}\n")]
    [InlineData("services: {web: {image: \"${A?K}\"}}\n")]
    [InlineData("services: {web: {image: *K}}\n")]
    [InlineData("name: \"K\"\nservices: {web: {image: x, image: \"K\"}}\n")]
    public void A_diagnostic_holds_none(string text)
    {
        foreach (var (written, mark) in new[] {
            (@"\e]0;x\a\u202e\x9b", "\u001b]0;x\u0007\u202e\u009b"), ("\u0085\u202e", "\u0085\u202e")})
        {
            var diagnostics = LoadedFiles.Load(
                [text.Replace("K", written, StringComparison.Ordinal)], new Dictionary<string, string>(),
                request => request with { ProjectName = null }).Diagnostics;

            Assert.NotEmpty(diagnostics);
            Assert.All(diagnostics, diagnostic => AssertShown(diagnostic + diagnostic.Message + diagnostic.Advice, mark));
        }
    }

    [Fact]
    public void A_file_of_such_a_name_is_told_of_without_it()
    {
        var diagnostic = new Diagnostic
        {
            Id = "x",
            Severity = DiagnosticSeverity.Error,
            Message = "m",
            File = "/a" + Title,
            Line = 1,
            Column = 2,
        };

        Assert.Equal(@"/a\u001b]0;x\u0007:1:2: m", diagnostic.ToString());
        Assert.Equal("/a" + Title, diagnostic.File);
    }

    [Fact]
    public void An_error_holds_none_and_its_target_is_as_it_was()
    {
        var error = EngineErrors.Refused.Info("refused: " + Title, Title, "see " + Title);

        AssertShown(error + error.Message + error.Advice + EngineErrors.Refused.Exception(Title).Message, Title);
        Assert.Equal(Title, error.Target);
    }

    [Fact]
    public void The_text_of_a_plan_holds_none_and_no_name_looks_like_a_step()
    {
        var situation = new Situation(
            "services: {web: {image: \"x\\e[2J\\nRemove volume:b: asked for\", networks: [n]}}\nnetworks: {n: {name: "
                + "\"n\\e]0;x\\a\"}}\n");

        var plan = situation.Up();

        AssertShown(plan.Text, Title);
        Assert.DoesNotContain("\nRemove", plan.Text, StringComparison.Ordinal);
    }

    private static void AssertShown(string text, string mark)
    {
        Assert.DoesNotContain(text, character => character != '\n' && TerminalText.IsHidden(character));
        Assert.DoesNotContain(mark, text, StringComparison.Ordinal);
    }
}
