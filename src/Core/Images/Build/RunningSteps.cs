namespace Compose.Images.Build;

/// <summary>The names of a build's steps, and the steps that are running.</summary>
internal sealed class RunningSteps
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>The running steps, in the order they began.</summary>
    private readonly List<string> _running = [];

    /// <summary>The running step that began last, or null.</summary>
    public string? Latest => _running.Count == 0 ? null : _running[_running.Count - 1];

    public string Name(string step) => _names.TryGetValue(step, out var name) ? name : "";

    /// <summary>Updates a step. Returns true if it has just begun.</summary>
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

        // Builders repeat a step with each change, so it may be running already, or have ended.
        if (!step.Started || _ended.Contains(step.Digest) || _running.Contains(step.Digest))
            return false;
        _running.Add(step.Digest);
        return true;
    }
}
