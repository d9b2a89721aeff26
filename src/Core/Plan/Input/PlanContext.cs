using Compose.Model;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Input;

/// <summary>All inputs of a planner.</summary>
internal sealed record PlanContext(
    ComposeProject Project, ObservedState State, UpOptions Options, Answers Answers, ConfigHashes Hashes)
{
    /// <summary>
    /// Variables that docker's configuration sets in every container. A service's own variables win. Not part of its hash.
    /// </summary>
    public IReadOnlyDictionary<string, string> Proxies { get; init; } = new Dictionary<string, string>();

    /// <summary>The time of planning, UTC. Some pull policies compare it with an image's age.</summary>
    public DateTime Now { get; init; }

    /// <summary>
    /// The release of docker compose that the project is compatible with. It is worked out on first use, because an invalid
    /// setting matters only to projects whose containers do not decide it.
    /// </summary>
    public ComposeRelease Release => _release ??= ComposeRelease.Of(Project, State, Options, Hashes);

    private ComposeRelease? _release;

    /// <summary>The number of replicas: the one asked for, else the file's.</summary>
    public int Wanted(ServiceDefinition service) =>
        Options.Scale.TryGetValue(service.Name, out var asked) ? asked : service.Replicas;
}
