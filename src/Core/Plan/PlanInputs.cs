using System.Security.Cryptography;
using Compose.Files.Reading;
using Compose.Model;
using Compose.Model.Config;
using Compose.Plan.Building;

namespace Compose.Plan;

/// <summary>The inputs of a plan: they let a saved plan be reviewed, and planned again before it runs.</summary>
public sealed record PlanInputs
{
    /// <summary>The parameters of the cmdlet, by name: strings, numbers, switches and lists of strings.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();

    /// <summary>The compose and environment files with the SHA-256 of each.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// A digest of the complete definition of each service, network and volume, after variables and environment files:
    /// <c>service:web</c>, <c>network:default</c>, <c>volume:data</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Definitions { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Files.Keys);

    /// <summary>The digests of a project's files as they are now. Standard input has none.</summary>
    internal static IReadOnlyDictionary<string, string> Digests(ComposeProject project) =>
        project.Files.Concat(project.EnvironmentFiles)
        .Where(file => SourceFile.Exists(file) && RegularFile.Refusal(file) is null).Distinct()
        .ToDictionary(file => file, Digest, StringComparer.Ordinal);

    /// <summary>The digests of a project's services, networks and volumes.</summary>
    internal static IReadOnlyDictionary<string, string> DefinitionDigests(ComposeProject project) => project.Services.Values
        .Select(service => (Targets.Service(service.Name), ConfigHash.Of(service)))
        .Concat(project.Networks.Values.Select(network => ("network:" + network.Key, ConfigHash.Of(network))))
        .Concat(project.Volumes.Values.Select(volume => ("volume:" + volume.Key, ConfigHash.Of(volume))))
        .ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    private static string Digest(string file)
    {
        using var sha = SHA256.Create();
        using var stream = File.OpenRead(file);
        return BitConverter.ToString(sha.ComputeHash(stream)).Replace("-", "").ToLowerInvariant();
    }
}
