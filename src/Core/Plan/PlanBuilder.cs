using Compose.State;

namespace Compose.Plan;

/// <summary>Collects a plan's steps and numbers them in the order they are added.</summary>
internal sealed class PlanBuilder
{
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

    /// <summary>Adds a step; its number is the answer. Edges to the same step are one.</summary>
    public int Add(PlanAction action, int operation, params IEnumerable<PlanEdge> after)
    {
        _actions.Add(action with { Id = _actions.Count + 1, Operation = operation, After = Merge(action.After.Concat(after)) });
        return _actions.Count;
    }

    public void Ask(string id, string text) => _questions.Add(new PlanQuestion(id, text));

    public void Warn(string text) => _warnings.Add(text);

    /// <summary>Images a pull leaves alone, and services whose image has to be built.</summary>
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

    public static PlanEdge After(int id) => new(id, true);

    public static IEnumerable<PlanEdge> AfterAll(IEnumerable<int> ids) => ids.Select(After);

    private static IReadOnlyList<PlanEdge> Merge(IEnumerable<PlanEdge> edges) =>
        [.. edges.GroupBy(edge => edge.Id).OrderBy(group => group.Key).Select(group => new PlanEdge(group.Key, group.Any(edge => edge.Required)))];
}
