using Compose.Model;
using Compose.Model.Naming;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>All variables that switch something on are read by the same rule.</summary>
public class EnvironmentSwitchTests
{
    public static TheoryData<string, bool> Values => new()
    {
        { "1", true }, { "t", true }, { "TRUE", true }, { "Yes", true }, { " y ", true },
        { "", false }, { "0", false }, { "no", false }, { "off", false }, { "2", false },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void No_env_file_is_read(string value, bool on) =>
        Assert.Equal(on ? "" : "file", Load("COMPOSE_DISABLE_ENV_FILE", value).Services["a"].Environment["V"]);

    [Theory]
    [MemberData(nameof(Values))]
    public void Paths_of_drives_are_converted(string value, bool on) =>
        Assert.Equal(
            on ? "/c/data" : @"C:\data", Load("COMPOSE_CONVERT_WINDOWS_PATHS", value).Services["a"].Volumes.Single().Source);

    [Theory]
    [MemberData(nameof(Values))]
    public void Names_have_underscores(string value, bool on) =>
        Assert.Equal(on ? "_" : "-", Load("COMPOSE_COMPATIBILITY", value).Separator);

    [Theory]
    [MemberData(nameof(Values))]
    public void Any_other_switch_is_on(string value, bool on) =>
        Assert.Equal(
            on,
            new Dictionary<string, string> { [ComposeVariables.IgnoreOrphans] = value }.IsSet(ComposeVariables.IgnoreOrphans));

    private static ComposeProject Load(string variable, string value) => LoadedFiles.Load(
        ["services: {a: {image: i, environment: {V: $V}, volumes: ['C:\\data:/data']}}"],
        new Dictionary<string, string> { [".env"] = "V=file\n" },
        request => request with { Windows = true, Environment = new Dictionary<string, string> { [variable] = value } }).Project!;
}
