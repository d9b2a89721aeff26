using Compose.Files;
using Compose.Files.Reading;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>Paths that no file can have, and links that lead to no file within the limit.</summary>
public class HostilePathTests
{
    public static TheoryData<string> Attributes =>
    [
        """env_file: "a\0b" """,
        """env_file: [{path: "a\0b", required: false}]""",
        """label_file: "a\0b" """,
        """extends: {file: "a\0b", service: x}""",
        """build: "a\0b" """,
        """build: {context: "https://example.org/a\0b"}""",
        """build: {context: ., dockerfile: "a\0b"}""",
        """build: {context: ., additional_contexts: {x: "a\0b"}}""",
        """build: {context: ., ssh: {x: "a\0b"}}""",
        """volumes: ["./a\0b:/c"]""",
        """volumes: [{type: bind, source: "a\0b", target: /c}]""",
        """develop: {watch: [{action: rebuild, path: "a\0b"}]}""",
        """security_opt: ["seccomp:a\0b"]""",
    ];

    public static TheoryData<string> TopLevel =>
    [
        """include: ["a\0b"]""",
        """include: [{path: "x", env_file: "a\0b"}]""",
        """include: [{path: "x", project_directory: "a\0b"}]""",
        """secrets: {s: {file: "a\0b"}}""",
        """configs: {s: {file: "a\0b"}}""",
        """volumes: {v: {driver_opts: {o: bind, device: "a\0b"}}}""",
    ];

    [Theory]
    [MemberData(nameof(Attributes))]
    public void A_path_of_a_service_with_a_NUL_character_is_told_at_its_place(string attribute) =>
        AssertRefused($"services:\n  web:\n    image: x\n    {attribute}\n", 4);

    [Theory]
    [MemberData(nameof(TopLevel))]
    public void A_path_of_the_project_with_a_NUL_character_is_told_at_its_place(string attribute) =>
        AssertRefused($"services: {{web: {{image: x}}}}\n{attribute}\n", 2);

    [Theory]
    [InlineData("A=1\nB=a\0b\n", 2, 4)]
    [InlineData("\0", 1, 1)]
    public void A_NUL_character_in_a_file_of_variables_is_told_at_its_place(string text, int line, int column)
    {
        foreach (var file in new[] { ".env", "web.env" })
        {
            var result = LoadedFiles.Load(
                ["services: {web: {image: x, env_file: web.env}}"],
                new Dictionary<string, string> { ["web.env"] = "", [file] = text });

            var error = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            Assert.Equal(("BadEnvFile", line, column), (error.Id, error.Line, error.Column));
        }
    }

    [Fact]
    public void A_path_of_the_request_with_a_NUL_character_is_told()
    {
        foreach (var change in new Func<LoadRequest, LoadRequest>[]
        {
            request => request with { Paths = ["a\0b"] },
            request => request with { EnvFiles = ["a\0b"] },
            request => request with { ProjectDirectory = "a\0b" },
            request => request with { Paths = [], ProjectDirectory = "a\0b" },
            request => request with { Paths = [], Environment = new Dictionary<string, string> { ["COMPOSE_FILE"] = "a\0b" } },
            request => request with { Environment = new Dictionary<string, string> { ["COMPOSE_ENV_FILES"] = "a\0b" } },
        })
        {
            var result = LoadedFiles.Load(["services: {web: {image: x}}"], new Dictionary<string, string>(), change);

            Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Id == "InvalidPath");
        }
    }

    [Fact]
    public void The_root_directory_is_no_file_to_include() =>
        Assert.Null(LoadedFiles.Load("include: [/]\nservices: {web: {image: x, extends: {file: /, service: x}}}\n").Project);

#if NET
    [UnixFact]
    public void Links_that_lead_through_more_links_than_the_kernel_follows_are_told_soon()
    {
        var directory = Directory.CreateTempSubdirectory("links");
        try
        {
            // Each link uses the next one three times: 3^30 steps in all.
            for (var number = 0; number < 30; number++)
                Directory.CreateSymbolicLink(
                    Path.Combine(directory.FullName, $"l{number}"), $"l{number + 1}/l{number + 1}/l{number + 1}");
            Directory.CreateSymbolicLink(Path.Combine(directory.FullName, "l30"), ".");

            var result = LoadedFiles.Load(
                "services:\n  web:\n    image: x\n    develop:\n      watch:\n        - "
                    + $"{{action: rebuild, path: {directory.FullName}/l0}}\n");

            var error = Assert.Single(result.Diagnostics);
            Assert.Equal(("TooManySymbolicLinks", 6, true), (error.Id, error.Line, error.Advice is not null));
            Assert.Null(SymbolicLinks.Resolve(directory.FullName + "/l0"));
            // A path that the kernel still follows is accepted.
            Assert.Equal(SymbolicLinks.Resolve(directory.FullName), SymbolicLinks.Resolve(directory.FullName + "/l28"));
        }
        finally
        {
            directory.Delete(true);
        }
    }
#endif

    private static void AssertRefused(string text, int line)
    {
        var result = LoadedFiles.Load(text);

        var error = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Id == "InvalidPath");
        Assert.Equal((line, DiagnosticSeverity.Error, true), (error.Line, error.Severity, error.Column > 0));
        Assert.Null(result.Project);
    }
}
