using Compose.Model;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Input;

/// <summary>All a planner knows.</summary>
internal sealed record PlanContext(
    ComposeProject Project, ObservedState State, UpOptions Options, Answers Answers, ConfigHashes Hashes)
{
    /// <summary>
    /// Variables that docker's configuration gives to every container; a service's own win. No part of its hash.
    /// </summary>
    public IReadOnlyDictionary<string, string> Proxies { get; init; } = new Dictionary<string, string>();

    /// <summary>The time the plan is made at, UTC: pull policies look at an image's age.</summary>
    public DateTime Now { get; init; }

    /// <summary>
    /// The release the project is written in. A wrong setting stops only work on a project that carries none, or several.
    /// </summary>
    public ComposeRelease Release => _release ??= ComposeRelease.Of(Project, State, Options, Hashes);

    private ComposeRelease? _release;

    /// <summary>The replicas wanted: what was asked for, else the file's.</summary>
    public int Wanted(ServiceDefinition service) =>
        Options.Scale.TryGetValue(service.Name, out var asked) ? asked : service.Replicas;
}
