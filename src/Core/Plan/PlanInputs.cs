using System.Security.Cryptography;
using Compose.Model;

namespace Compose.Plan;

/// <summary>What a plan was made from, so that it can be saved, reviewed, and made again before it is carried out.</summary>
public sealed record PlanInputs
{
    /// <summary>The parameters of the cmdlet that made it, by name: texts, numbers, switches and lists of texts.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();

    /// <summary>The compose and environment files with the SHA-256 of each.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Files.Keys);

    /// <summary>The digests of a project's files as they are now; standard input has none.</summary>
    internal static IReadOnlyDictionary<string, string> Digests(ComposeProject project) => project.Files.Concat(project.EnvironmentFiles)
        .Where(File.Exists).Distinct()
        .ToDictionary(file => file, Digest, StringComparer.Ordinal);

    private static string Digest(string file)
    {
        using var sha = SHA256.Create();
        using var stream = File.OpenRead(file);
        return BitConverter.ToString(sha.ComputeHash(stream)).Replace("-", "").ToLowerInvariant();
    }
}
