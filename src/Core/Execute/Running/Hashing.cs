using Compose.Model.Config;
using Compose.Plan.Requests;

namespace Compose.Execute.Running;

/// <summary>The config hash rules that planners use.</summary>
internal static class Hashing
{
    public static readonly ConfigHashes Rules = new(
        service => [.. ConfigHash.AllOf(service)],
        network => [.. ConfigForm.HashRules.Select(rule => ConfigHash.Of(network, rule))],
        volume => [ConfigHash.Of(volume)]);
}
