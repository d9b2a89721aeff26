using Compose.Model;
using Compose.Plan;

namespace Compose.Execute;

/// <summary>The hash rules in force: the model's.</summary>
internal static class Hashing
{
    public static readonly ConfigHashes Rules = new(
        service => [.. ConfigHash.AllOf(service)],
        network => [ConfigHash.Of(network)],
        volume => [ConfigHash.Of(volume)]);
}
