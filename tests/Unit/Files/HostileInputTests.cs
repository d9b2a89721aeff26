using System.Diagnostics;
using System.Text;
using Compose.Files;
using Compose.Model;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>Input meant to hurt ends in a diagnostic, soon.</summary>
public class HostileInputTests
{
    public static TheoryData<string, string> Texts => new()
    {
        { "deep flow", new string('[', 10_000) },
        { "deep block", string.Concat(Enumerable.Range(0, 3_000).Select(depth => new string(' ', depth) + "a:\n")) },
        { "alias bomb", string.Concat(Enumerable.Range(0, 10).Select(level => $"x-{level}: &a{level} [{string.Join(',', Enumerable.Repeat(level == 0 ? "v" : $"*a{level - 1}", 10))}]\n")) },
        { "cyclic anchor", "services: &a\n  web: *a\n" },
        { "undefined alias", "services: *nobody\n" },
        { "NUL", "services:\n  web:\0\n" },
        { "tabs", "services:\n\tweb:\n\t\timage: x\n" },
        { "duplicate key", "services:\n  web: {image: a}\n  web: {image: b}\n" },
        { "number as key", "services:\n  1: {image: a}\n" },
        { "a list", "- a\n- b\n" },
        { "two merge keys", "services:\n  web:\n    <<: 5\n    image: a\n" },
        { "a directive", "%YAML 9.9\n---\nservices: {}\n%" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void It_ends_in_a_diagnostic_with_its_place(string name, string text)
    {
        var watch = Stopwatch.StartNew();

        var result = LoadedFiles.Load(text);

        Assert.True(result.Project is null, name);
        var error = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(error.Line > 0, error.ToString());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{name} took {watch.Elapsed}");
    }

    [Fact]
    public void Invalid_bytes_are_told()
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, [.. Encoding.ASCII.GetBytes("services: "), 0xC3, 0x28]);

        var result = ProjectLoader.Load(new LoadRequest { WorkingDirectory = "/", Paths = [file], Environment = new Dictionary<string, string>() });

        Assert.Equal("ComposeFileUnreadable", Assert.Single(result.Diagnostics).Id);
        File.Delete(file);
    }

    [Fact]
    public void Utf16_as_PowerShell_5_writes_it_is_read()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "services: {a: {image: x}}", Encoding.Unicode);

        var result = ProjectLoader.Load(new LoadRequest { WorkingDirectory = "/", Paths = [file], ProjectName = "p", Environment = new Dictionary<string, string>() });

        Assert.Equal("x", result.Project!.Services["a"].Image);
        File.Delete(file);
    }
}
