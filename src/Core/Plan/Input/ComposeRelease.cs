using Compose.Errors;
using Compose.Model;
using Compose.Model.Config;
using Compose.Model.Naming;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Input;

/// <summary>
/// The release of docker compose that a project is compatible with: it decides hash rule and labels. A project keeps the release
/// in its containers' labels, so that the tool that created them finds nothing changed. A new project takes the release asked
/// for, else the newest.
/// </summary>
/// <param name="Version">The value of the label <c>version</c>: <c>2.26.1</c>.</param>
internal sealed record ComposeRelease(string Version)
{
    private static readonly Version NetworkHashes = new(2, 31, 0);
    private static readonly Version VolumeHashes = new(2, 32, 0);
    private static readonly Version ManifestLabels = new(5, 4, 0);
    private static readonly Version UnnumberedOneOffs = new(2, 30, 0);
    private readonly Version _number = Parse(Version) ?? new Version(0, 0, 0);

    /// <summary>Whether it is Debian's build of 2.26.1, which has another hash rule and the same version.</summary>
    public bool IsDebian { get; init; }

    /// <summary>The index of its hash rule among the known rules, newest first. Older releases have the oldest rule.</summary>
    public int HashRule
    {
        get
        {
            var rules = ConfigForm.HashRules;
            for (var index = 0; index < rules.Count - 1; index++)
            {
                if (rules[index].IsDebian ? IsDebian && rules[index].Release == _number : rules[index].Release <= _number)
                    return index;
            }

            return rules.Count - 1;
        }
    }

    public bool HashesNetworks => _number >= NetworkHashes;

    public bool HashesVolumes => _number >= VolumeHashes;

    /// <summary>
    /// Whether the image label is the digest of the platform's manifest, if the engine reports it. In older releases it is the
    /// image's id.
    /// </summary>
    public bool LabelsManifests => _number >= ManifestLabels;

    /// <summary>Whether one-offs have a number, which is 1.</summary>
    public bool NumbersOneOffs => _number < UnnumberedOneOffs;

    /// <summary>
    /// The release of a project. If its containers have several: the one asked for, else the newest, because that tool was used
    /// last.
    /// </summary>
    public static ComposeRelease Of(ComposeProject project, ObservedState state, UpOptions options, ConfigHashes hashes)
    {
        var carried = state.Containers.Select(container => container.Label(ComposeLabels.Version)).OfType<string>()
            .Where(version => Parse(version) is not null).Distinct().OrderByDescending(Parse).ToList();
        if (carried.Count == 0)
            return Asked(project, options) ?? new ComposeRelease(ComposeLabels.CompatibleVersion);
        if (carried.Count > 1 && Asked(project, options) is { } asked && carried.Contains(asked.Version))
            return asked;
        var release = new ComposeRelease(carried[0]);
        var debian = release with { IsDebian = true };
        return debian.HashRule != release.HashRule && Carries(debian) ? debian : release;

        bool Carries(ComposeRelease rule) => project.Services.Values.Any(service => HasHash(service, rule));

        bool HasHash(ServiceDefinition service, ComposeRelease rule)
        {
            var replicas = state.Replicas(service.Name);
            if (replicas.Count == 0)
                return false;
            var hash = hashes.Service(ServiceReferences.ForHash(service))[rule.HashRule];
            return replicas.Any(container => container.Label(ComposeLabels.ConfigHash) == hash);
        }
    }

    /// <summary>The parameter's release, else the variable's; null if neither is set.</summary>
    private static ComposeRelease? Asked(ComposeProject project, UpOptions options)
    {
        var text = options.Release ?? Variable(project);
        return text is null ? null : Asked(text);
    }

    private static string? Variable(ComposeProject project)
    {
        var text = project.Environment.TryGetValue(ComposeVariables.SharedVersion, out var value) ? value.Trim() : "";
        return text.Length > 0 ? text : null;
    }

    /// <summary>Reads a version as docker compose prints it. Debian's packages add a revision: <c>2.26.1-4</c>.</summary>
    public static ComposeRelease Asked(string text) => Parse(text) is { } version
        ? new ComposeRelease(version.ToString()) { IsDebian = HasRevision(text) }
        : throw PlanErrors.InvalidRelease.Exception($"'{text}' is no version of docker compose.", text);

    private static bool HasRevision(string text)
    {
        var dash = text.IndexOf('-');
        return dash >= 0 && dash < text.Length - 1 && text.Substring(dash + 1).All(char.IsDigit);
    }

    /// <summary>Reads a version with or without <c>v</c> and a suffix; null if the text is not a version.</summary>
    public static Version? Parse(string text)
    {
        var number = text.TrimStart('v').Split('-', '+')[0];
        return System.Version.TryParse(number, out var version)
            ? new Version(version.Major, version.Minor, Math.Max(version.Build, 0))
            : null;
    }
}
