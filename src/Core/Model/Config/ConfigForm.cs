using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>
/// How a release of docker compose writes config output or the input of the config hash. <see cref="HashRules"/> has the
/// releases that changed the hash, and each property says since when its rule holds. Attributes that older releases refuse need
/// no rule, because those releases never hash them.
/// </summary>
internal sealed record ConfigForm
{
    private static readonly Version Newest = new(5, 5, 0);

    private ConfigForm(Version release, Version? library = null) => (Release, Library) = (release, library ?? release);

    /// <summary>The first docker compose release of this form, which decides what is left out of the hash.</summary>
    public Version Release { get; }

    /// <summary>The release whose compose-go this one uses, which decides how attributes are written.</summary>
    public Version Library { get; }

    /// <summary>Debian builds its 2.26.1 with the compose-go of 2.33.</summary>
    public bool IsDebian => Release != Library;

    public string Name => IsDebian ? $"{Release}-debian" : Release.ToString();

    /// <summary>
    /// Whether this is the input of a hash rather than config output. The hash leaves out build, pull_policy, scale and replicas,
    /// and since 2.29.3 and 2.30.2 depends_on and profiles.
    /// </summary>
    public bool IsHash { get; private init; }

    /// <summary>Whether ulimits of zero are written. docker compose's YAML output has them, its JSON output does not.</summary>
    public bool ZeroLimits { get; private init; }

    public bool KeepsBuild => !IsHash;

    public bool KeepsDependencies => !IsHash || Release < new Version(2, 29, 3);

    public bool KeepsProfiles => !IsHash || Release < new Version(2, 30, 2);

    /// <summary>Whether <c>deploy</c> is always hashed, with <c>replicas: 1</c>: up to 2.23.</summary>
    public bool AlwaysDeploys => IsHash && Release < new Version(2, 24, 0);

    /// <summary>Whether <c>label_file</c> is hashed: since 2.34. Before, it was dropped once the files were read.</summary>
    public bool KeepsLabelFiles => IsHash && Release >= new Version(2, 34, 0);

    /// <summary>
    /// Whether the keys of blkio_config devices are <c>Path</c>, <c>Rate</c> and <c>Weight</c>, as in the hash of every release.
    /// </summary>
    public bool CapitalDeviceKeys => IsHash;

    /// <summary>Whether extra hosts are written as <c>name:address</c>: up to 2.23.</summary>
    public bool HostsHaveColons => Before(2, 24, 0);

    /// <summary>Whether storage_opt is written: since 2.24.4. Before, it was accepted and ignored.</summary>
    public bool KeepsStorageOptions => !Before(2, 24, 4);

    /// <summary>Whether cpus in <c>deploy</c> is a string: before 2.26.</summary>
    public bool CpusAreText => Before(2, 26, 0);

    /// <summary>Whether protocol and mode of a port are written even if the file does not set them: since 2.29.</summary>
    public bool CompletesPorts => !Before(2, 29, 0);

    /// <summary>Whether devices are written in the short form: before 2.29.3.</summary>
    public bool DevicesAreText => Before(2, 29, 3);

    /// <summary>
    /// Whether a device request has its options, and <c>count: -1</c> if the file sets neither count nor device_ids: since 2.30.
    /// </summary>
    public bool CompletesDeviceRequests => !Before(2, 30, 0);

    /// <summary>Whether watch rules have exec, even if it is empty: since 2.32.</summary>
    public bool WatchesHaveExec => !Before(2, 32, 0);

    /// <summary>Whether gw_priority is written: since 2.34. Before, it was accepted and ignored.</summary>
    public bool KeepsGatewayPriority => !Before(2, 34, 0);

    /// <summary>Whether modes of secrets and configs are strings such as "0440" rather than 288: since 2.34.</summary>
    public bool ModeIsOctalText => !Before(2, 34, 0);

    /// <summary>
    /// Whether a service's network attributes are sorted by name: since 2.36. Before, priority comes first and driver_opts last.
    /// </summary>
    public bool SortsNetworkAttributes => !Before(2, 36, 0);

    /// <summary>Whether create_host_path is written when it is true (up to 2.40) rather than when it is false.</summary>
    public bool WritesTrueHostPath => Before(5, 0, 0);

    /// <summary>
    /// Whether a bind in long form without create_host_path is hashed with <c>create_host_path: false</c>: in 5.0.0 and 5.0.1.
    /// </summary>
    public bool UnsetHostPathIsFalse => IsHash && !Before(5, 0, 0) && Before(5, 0, 2);

    /// <summary>Whether a network's ipam.options are written: since 5.2. Before, they were accepted and ignored.</summary>
    public bool KeepsIpamOptions => !Before(5, 2, 0);

    /// <summary>The config output as JSON.</summary>
    public static readonly ConfigForm Print = new(Newest);

    /// <summary>The config output as YAML.</summary>
    public static readonly ConfigForm PrintYaml = Print with { ZeroLimits = true };

    /// <summary>The hash rules, newest first.</summary>
    public static readonly IReadOnlyList<ConfigForm> HashRules =
    [
        Hash(5, 2, 0),
        Hash(5, 0, 2),
        Hash(5, 0, 0),
        Hash(2, 36, 0),
        Hash(2, 34, 0),
        Hash(2, 32, 0),
        Hash(2, 30, 2),
        Hash(2, 30, 0),
        Hash(2, 29, 3),
        Hash(2, 29, 0),
        Debian,
        Hash(2, 26, 0),
        Hash(2, 24, 4),
        Hash(2, 24, 0),
        Hash(2, 20, 0),
    ];

    private static ConfigForm Debian => new(new(2, 26, 1), new(2, 33, 0)) { IsHash = true };

    public void WriteMode(Utf8JsonWriter json, int mode)
    {
        if (ModeIsOctalText)
            json.WriteString("mode", "0" + Convert.ToString(mode, 8));
        else
            json.WriteNumber("mode", mode);
    }

    private static ConfigForm Hash(int major, int minor, int patch) => new(new Version(major, minor, patch)) { IsHash = true };

    private bool Before(int major, int minor, int patch) => Library < new Version(major, minor, patch);
}
