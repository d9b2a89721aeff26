using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>
/// What a release of docker compose prints and hashes. <see cref="HashRules"/> are the releases that changed the hash; each
/// property says from which release on. An attribute that older releases refuse needs no rule: they never hash it.
/// </summary>
internal sealed record ConfigForm
{
    private static readonly Version Newest = new(5, 5, 0);

    private ConfigForm(Version release, Version? library = null) => (Release, Library) = (release, library ?? release);

    /// <summary>The release that began this form: what it leaves out.</summary>
    public Version Release { get; }

    /// <summary>The release whose compose-go writes it: how it spells what it keeps.</summary>
    public Version Library { get; }

    /// <summary>Debian builds its 2.26.1 with the compose-go of 2.33.</summary>
    public bool IsDebian => Release != Library;

    public string Name => IsDebian ? $"{Release}-debian" : Release.ToString();

    /// <summary>
    /// Whether this is a hash; <c>config</c> prints build, pull_policy, scale, replicas, depends_on and profiles too.
    /// </summary>
    public bool IsHash { get; private init; }

    /// <summary>Whether limits of zero are written, as YAML does and JSON does not.</summary>
    public bool ZeroLimits { get; private init; }

    public bool KeepsBuild => !IsHash;

    public bool KeepsDependencies => !IsHash || Release < new Version(2, 29, 3);

    public bool KeepsProfiles => !IsHash || Release < new Version(2, 30, 2);

    /// <summary>Up to 2.23 a deploy section is always written, with one replica.</summary>
    public bool AlwaysDeploys => IsHash && Release < new Version(2, 24, 0);

    /// <summary>From 2.34 on up and create keep the paths of label files; before, they are dropped once they are read.</summary>
    public bool KeepsLabelFiles => IsHash && Release >= new Version(2, 34, 0);

    /// <summary>
    /// Whether blkio_config devices are written with <c>Path</c>, <c>Rate</c> and <c>Weight</c>, as every release hashes them.
    /// </summary>
    public bool CapitalDeviceKeys => IsHash;

    /// <summary>Up to 2.23 hosts are <c>name:address</c>, then <c>name=address</c>.</summary>
    public bool HostsHaveColons => Before(2, 24, 0);

    /// <summary>storage_opt was accepted and lost before.</summary>
    public bool KeepsStorageOptions => !Before(2, 24, 4);

    /// <summary>cpus of a deploy section is text before 2.26, then a number.</summary>
    public bool CpusAreText => Before(2, 26, 0);

    /// <summary>From 2.29 on a port in long form has protocol and mode even where the file says none.</summary>
    public bool CompletesPorts => !Before(2, 29, 0);

    /// <summary>Devices are text as in the short form before.</summary>
    public bool DevicesAreText => Before(2, 29, 3);

    /// <summary>From 2.30 on a request for devices without a number means all of them; its options were lost before.</summary>
    public bool CompletesDeviceRequests => !Before(2, 30, 0);

    /// <summary>From 2.32 on a watch rule has exec, even an empty one.</summary>
    public bool WatchesHaveExec => !Before(2, 32, 0);

    /// <summary>gw_priority was accepted and lost before.</summary>
    public bool KeepsGatewayPriority => !Before(2, 34, 0);

    /// <summary>Whether permission bits are "0440" rather than 288.</summary>
    public bool ModeIsOctalText => !Before(2, 34, 0);

    /// <summary>
    /// From 2.36 on a service's network attributes are sorted by name; before, priority comes first and driver_opts last.
    /// </summary>
    public bool SortsNetworkAttributes => !Before(2, 36, 0);

    /// <summary>Up to 2.40 create_host_path is written when it is true, then when it is false.</summary>
    public bool WritesTrueHostPath => Before(5, 0, 0);

    /// <summary>5.0.0 and 5.0.1 take a long bind that does not say create_host_path for one that says false.</summary>
    public bool UnsaidHostPathIsFalse => IsHash && !Before(5, 0, 0) && Before(5, 0, 2);

    /// <summary>ipam.options of a network was accepted and lost before.</summary>
    public bool KeepsIpamOptions => !Before(5, 2, 0);

    /// <summary>What <c>config</c> prints as JSON.</summary>
    public static readonly ConfigForm Print = new(Newest);

    /// <summary>What <c>config</c> prints as YAML.</summary>
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
