namespace Compose.Execute.Copy;

/// <summary>The names that an archive has used, for file systems that ignore case.</summary>
internal sealed class TakenNames
{
    private readonly Dictionary<string, string> _spelled = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Records a name. Returns an earlier name that differs from it, or from one of its directories, only in case; null if there
    /// is none.
    /// </summary>
    public string? Clash(IReadOnlyList<string> parts)
    {
        var paths = Enumerable.Range(1, parts.Count).Select(count => string.Join("/", parts.Take(count))).ToList();
        foreach (var path in paths)
        {
            if (_spelled.TryGetValue(path, out var earlier) && earlier != path)
                return earlier;
        }

        foreach (var path in paths)
            _spelled[path] = path;
        return null;
    }
}
