namespace Compose.Images.Build;

/// <summary>The steps of a build, and which of them run.</summary>
internal sealed class RunningSteps
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>In the order they began.</summary>
    private readonly List<string> _running = [];

    /// <summary>The running step that began last; null where none runs.</summary>
    public string? Latest => _running.Count == 0 ? null : _running[_running.Count - 1];

    public string Name(string step) => _names.TryGetValue(step, out var name) ? name : "";

    /// <summary>Takes what a builder says of a step; true where it begins.</summary>
    public bool Take(BuildStep step)
    {
        if (step.Name.Length > 0)
            _names[step.Digest] = step.Name;
        if (step.Completed)
        {
            _ended.Add(step.Digest);
            _running.Remove(step.Digest);
            return false;
        }

        // A step is said again with each change; what ended does not begin again.
        if (!step.Started || _ended.Contains(step.Digest) || _running.Contains(step.Digest))
            return false;
        _running.Add(step.Digest);
        return true;
    }
}
