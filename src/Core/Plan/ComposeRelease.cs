using Compose.Model.Config;
using Compose.State;

namespace Compose.Plan;

/// <summary>
/// The release of docker compose whose way a project is written in: its hash rule and its labels. A project keeps the release its
/// containers carry, so that the tool that made it finds nothing changed; a new project takes the one asked for, else the newest.
/// </summary>
/// <param name="Version">What the label <c>version</c> says, <c>2.26.1</c>.</param>
internal sealed record ComposeRelease(string Version)
{
    private static readonly Version NetworkHashes = new(2, 31);
    private static readonly Version VolumeHashes = new(2, 32);
    private static readonly Version ManifestLabels = new(5, 4);
    private static readonly Version UnnumberedOneOffs = new(5, 0);
    private readonly Version _number = Parse(Version) ?? new Version(0, 0);

    /// <summary>The index of its hash rule among the known ones, newest first; a release older than all has the oldest.</summary>
    public int HashRule
    {
        get
        {
            var rules = ConfigForm.HashRules;
            for (var index = 0; index < rules.Count - 1; index++)
            {
                if (Parse(rules[index].Name) <= _number)
                    return index;
            }

            return rules.Count - 1;
        }
    }

    public bool HashesNetworks => _number >= NetworkHashes;

    public bool HashesVolumes => _number >= VolumeHashes;

    /// <summary>Whether the image labels hold the digest of the platform's manifest, where the engine tells it; older releases hold the image's id.</summary>
    public bool LabelsManifests => _number >= ManifestLabels || Version == ComposeLabels.CompatibleVersion;

    /// <summary>Whether one-offs have a number: 1.</summary>
    public bool NumbersOneOffs => _number < UnnumberedOneOffs;

    /// <summary>The release a project is in: of several the newest, for that is the tool in use now.</summary>
    public static ComposeRelease Of(ObservedState state, UpOptions options)
    {
        var carried = state.Containers.Select(container => container.Label(ComposeLabels.Version)).OfType<string>()
            .Where(version => Parse(version) is not null).OrderByDescending(Parse).FirstOrDefault();
        return new ComposeRelease(carried ?? options.Release ?? ComposeLabels.CompatibleVersion);
    }

    /// <summary>A version as a number, with or without <c>v</c> and a suffix; null for what is none.</summary>
    public static Version? Parse(string text)
    {
        var number = text.TrimStart('v').Split('-', '+')[0];
        return System.Version.TryParse(number, out var version) ? version : null;
    }
}
