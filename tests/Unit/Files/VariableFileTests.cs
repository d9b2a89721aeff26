using System.Text;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;

namespace Compose.Tests.Files;

/// <summary>Unusual variable files: a link to nothing, or text in a legacy code page.</summary>
public sealed class VariableFileTests : IDisposable
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding("ISO-8859-1");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("variables");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void Bytes_that_are_not_UTF8_stand_as_replacements_and_are_warned_about()
    {
        var result = Load(
            "services: {a: {image: i, environment: {V: $V}, env_file: own.env}}", "# \u00e9\nA=1\nV=caf\u00e9\n",
            own: "X=\u00e9\n");

        var service = result.Project!.Services["a"];
        Assert.Equal(("caf\uFFFD", "\uFFFD"), (service.Environment["V"], service.Environment["X"]));
        Assert.Equal(
            [(".env", 3), ("own.env", 1)], result.Diagnostics.Select(warning => (Path.GetFileName(warning.File)!, warning.Line)));
        Assert.All(
            result.Diagnostics, warning => Assert.Equal(("NotUtf8", DiagnosticSeverity.Warning), (warning.Id, warning.Severity)));
    }

    [Fact]
    public void A_comment_that_is_not_UTF8_is_no_matter() =>
        Assert.Empty(Load("services: {a: {image: i}}", "# caf\u00e9\n").Diagnostics);

#if NET
    [Fact]
    public void A_link_to_nothing_is_no_file()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var link in new[] { ".env", "compose.override.yaml", "own.env" })
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, link), "nowhere");

        var result = Load("services: {a: {image: i, env_file: [{path: own.env, required: false}]}}");

        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Project);
    }
#endif

    private LoadResult Load(string yaml, string? variables = null, string? own = null)
    {
        foreach (var (name, content) in new[] { ("compose.yaml", yaml), (".env", variables), ("own.env", own) })
        {
            if (content is not null)
                File.WriteAllBytes(Path.Combine(_folder.FullName, name), Latin1.GetBytes(content));
        }

        return ProjectLoader.Load(
            new LoadRequest { WorkingDirectory = _folder.FullName, Environment = new Dictionary<string, string>() });
    }
}
