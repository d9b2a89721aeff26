using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>
/// What a release of docker compose prints and hashes. Printing keeps everything; a hash leaves out what does not
/// make a container another: build, pull_policy, scale, replicas, and later depends_on and profiles.
/// </summary>
/// <param name="Name">The release that began it.</param>
/// <param name="KeepsBuild">Whether build, pull_policy, scale and replicas are written.</param>
/// <param name="KeepsDependencies">Whether depends_on is written.</param>
/// <param name="KeepsProfiles">Whether profiles are written.</param>
/// <param name="ModeIsOctalText">Whether permission bits are "0440" rather than 288.</param>
/// <param name="PrintsCreateHostPath">Whether create_host_path is written when it is true.</param>
internal sealed record ConfigForm(string Name, bool KeepsBuild, bool KeepsDependencies, bool KeepsProfiles, bool ModeIsOctalText, bool PrintsCreateHostPath)
{
    /// <summary>Whether the devices of blkio_config are written with <c>Path</c>, <c>Rate</c> and <c>Weight</c>, as every release hashes them.</summary>
    public bool CapitalDeviceKeys { get; init; }

    /// <summary>Whether limits of zero are written, as YAML does and JSON does not.</summary>
    public bool ZeroLimits { get; init; }

    /// <summary>What <c>config</c> prints as JSON.</summary>
    public static readonly ConfigForm Print = new("print", true, true, true, true, false);

    /// <summary>What <c>config</c> prints as YAML.</summary>
    public static readonly ConfigForm PrintYaml = Print with { ZeroLimits = true };

    /// <summary>The hash rules, newest first.</summary>
    public static readonly IReadOnlyList<ConfigForm> HashRules =
    [
        new("5.0", false, false, false, true, false) { CapitalDeviceKeys = true },
        new("2.35", false, false, false, true, true) { CapitalDeviceKeys = true },
        new("2.31", false, false, false, false, true) { CapitalDeviceKeys = true },
        new("2.26", false, true, true, false, true) { CapitalDeviceKeys = true },
    ];

    public void WriteMode(Utf8JsonWriter json, int mode)
    {
        if (ModeIsOctalText)
            json.WriteString("mode", "0" + Convert.ToString(mode, 8));
        else
            json.WriteNumber("mode", mode);
    }
}
