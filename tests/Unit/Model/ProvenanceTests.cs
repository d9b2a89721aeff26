using Compose.Model;
using Compose.Model.Origins;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>Every value of a resolved project has its file, line and layer.</summary>
public class ProvenanceTests
{
    private static readonly string Base = """
        include: [sub/inc.yaml]
        services:
          web:
            image: web:${TAG}
            env_file: web.env
            environment: [PASSED, DOTTED, SAID=1]
            extends: {file: sub/base.yaml, service: common}
            ports: ["80:80"]
            build: .
            user: base
        """;

    private static IReadOnlyDictionary<string, ComposeProvenance> Read() => ProvenanceReader.Read(LoadedFiles.Load(
        [Base, "services:\n  web:\n    user: over\n"],
        new Dictionary<string, string>
        {
            [".env"] = "# comment\nTAG=7\nDOTTED=from-dot-env\n",
            ["web.env"] = "\nLEVEL=info\n",
            ["sub/inc.yaml"] = "services:\n  db:\n    image: db\n",
            ["sub/base.yaml"] = "services:\n  common:\n    hostname: h\n",
        },
        request => request with { Environment = new Dictionary<string, string> { ["PASSED"] = "p" } }).Project!)
            .ToDictionary(value => value.Path);

    [Theory]
    [InlineData("services.web.image", "web:7", "Base", "compose.yaml", 4)]
    [InlineData("services.web.user", "over", "Override", "compose.1.yaml", 3)]
    [InlineData("services.web.hostname", "h", "Extends", "base.yaml", 3)]
    [InlineData("services.db.image", "db", "Include", "inc.yaml", 3)]
    [InlineData("services.web.environment.LEVEL", "info", "EnvFile", "web.env", 2)]
    [InlineData("services.web.environment.DOTTED", "from-dot-env", "DotEnv", ".env", 3)]
    [InlineData("services.web.environment.PASSED", "p", "Environment", null, 0)]
    [InlineData("services.web.environment.SAID", "1", "Base", "compose.yaml", 6)]
    [InlineData("services.web.ports[0].published", "80", "Base", "compose.yaml", 8)]
    [InlineData("services.web.build.dockerfile", "Dockerfile", "Default", null, 0)]
    [InlineData("networks.default.name", "p_default", "Default", null, 0)]
    public void A_value_has_its_place_and_layer(string path, string value, string layer, string? file, int line)
    {
        var found = Read()[path];

        Assert.Equal(
            (value, layer, file, line),
            (found.Value, found.Layer, found.File is null ? null : Path.GetFileName(found.File), found.Line));
    }

    [Fact]
    public void A_value_names_the_variables_it_was_made_of() =>
        Assert.EndsWith(".env:2)", Assert.Single(Read()["services.web.image"].Variables), StringComparison.Ordinal);

    [Fact]
    public void Variables_are_listed_with_what_stands_in_for_them()
    {
        var project = LoadedFiles.Load(
            ["services:\n  web:\n    image: a:${TAG:-${OLD-1}}\n    ports: ['${PORT:?say it}:80']\n    user: ${USER+x}\n"
                + "    hostname: $HOST\n"],
            new Dictionary<string, string> { [".env"] = "HOST=h\n" }, request => request with { Interpolation = false }).Project!;

        Assert.Equal(
            ["HOST  False set DotEnv 6", "OLD 1 False unset Default 3", "PORT  True unset Default 4",
                "TAG ${OLD-1} False unset Default 3", "USER +x False unset Default 5"],
            VariableReader.Read(project).Select(variable =>
                $"{variable.Name} {variable.DefaultValue}{(variable.AlternateValue is { } other ? "+" + other : "")} "
                    + $"{variable.Required} {(variable.IsSet ? "set" : "unset")} {variable.Layer} {variable.Line}"));
    }

    [Fact]
    public void Without_interpolation_values_keep_their_variables()
    {
        var project = LoadedFiles.Load(
            ["services:\n  web:\n    image: a:${TAG}\n    ports: ['${PORT}:80', '90']\n    mem_limit: $MEM\n    build: .\n"],
            new Dictionary<string, string>(),
            request => request with { Interpolation = false }).Project!;

        var lines = Compose.Model.Config.ConfigWriter.ToYaml(project).Split('\n');
        Assert.Contains("    image: a:${TAG}", lines);
        Assert.Contains("      - ${PORT}:80", lines);
        Assert.Contains("    mem_limit: $MEM", lines);
        Assert.Contains("      dockerfile: Dockerfile", lines);
        Assert.Contains("    name: p_default", lines);
    }
}
