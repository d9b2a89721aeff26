using Compose.Errors;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.State;

namespace Compose.Plan.Building;

/// <summary>Collects a plan's steps and numbers them in the order they are added.</summary>
internal sealed class PlanBuilder
{
    /// <summary>
    /// Protects from plans that need too much memory: three services of 1,000 replicas each that depend on one another exceed it.
    /// </summary>
    private const int MaxEdges = 2_000_000;
    private int _edges;
    private readonly List<PlanAction> _actions = [];
    private readonly List<PlanOperation> _operations = [];
    private readonly List<PlanQuestion> _questions = [];
    private readonly List<string> _warnings = [];

    public bool IsEmpty => _actions.Count == 0 && _warnings.Count == 0;

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<PlanAction> Actions => _actions;

    public int Operation(string kind, string target, string cause, string impact = "None")
    {
        _operations.Add(new PlanOperation(_operations.Count + 1, kind, target, cause, impact));
        return _operations.Count;
    }

    /// <summary>Adds a step and returns its number. Several edges to one step are merged.</summary>
    public int Add(PlanAction action, int operation, params IEnumerable<PlanEdge> after)
    {
        var edges = Merge(action.After.Concat(after));
        _edges += edges.Count;
        if (_edges > MaxEdges)
            throw PlanErrors.TooManyReplicas.Exception(
                $"The plan would have more than {MaxEdges} dependencies between its steps: "
                + "each replica waits for each replica of the services it depends on.");
        _actions.Add(action with { Id = _actions.Count + 1, Operation = operation, After = edges });
        return _actions.Count;
    }

    public void Ask(string id, string text) => _questions.Add(new PlanQuestion(id, text));

    public void Warn(string text) => _warnings.Add(text);

    /// <summary>Images that a pull skips, and services whose image has to be built.</summary>
    public List<SkippedImage> Skipped { get; } = [];
    public List<(string Service, string Image)> Unbuilt { get; } = [];

    public ComposePlan Build(ObservedState state)
    {
        var actions = state.IsPodman ? PodmanOrder.Of(_actions, state) : _actions;
        return new(state.EngineHost, state.ProjectName, actions, _operations, _questions, _warnings)
        {
            SkippedImages = Skipped,
            Unbuilt = Unbuilt,
        };
    }

    /// <summary>The plan of a stack, which is not observed as projects are.</summary>
    public ComposePlan Build(string engineHost, string stack) =>
        new(engineHost, stack, _actions, _operations, _questions, _warnings);

    public static PlanEdge After(int id) => new(id, true);

    public static IEnumerable<PlanEdge> AfterAll(IEnumerable<int> ids) => ids.Select(After);

    private static IReadOnlyList<PlanEdge> Merge(IEnumerable<PlanEdge> edges) =>
        [
            .. edges.GroupBy(edge => edge.Id)
            .OrderBy(group => group.Key)
            .Select(group => new PlanEdge(group.Key, group.Any(edge => edge.Required))),
        ];
}
