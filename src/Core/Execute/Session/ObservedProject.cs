using Compose.Execute.Running;
using Compose.Model;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Execute.Session;

/// <summary>What is known of a project before anything is asked for: its definition and what the engine has of it.</summary>
/// <param name="Project">The project, rewritten for this engine.</param>
/// <param name="State">What the engine has.</param>
internal sealed record ObservedProject(ComposeProject Project, ObservedState State)
{
    /// <summary>The proxy variables that docker's configuration gives to containers.</summary>
    public required IReadOnlyDictionary<string, string> Proxies { get; init; }

    /// <summary>The time of the session's start, UTC.</summary>
    public required DateTime Now { get; init; }

    /// <summary>What a planner needs if no options of up matter: all of them have their defaults.</summary>
    public PlanContext Context() => Context(new UpOptions(), Answers.None);

    /// <summary>What a planner needs: what is known, and what was asked for.</summary>
    public PlanContext Context(UpOptions options, Answers answers) =>
        new(Project, State, options, answers, Hashing.Rules) { Proxies = Proxies, Now = Now };
}
