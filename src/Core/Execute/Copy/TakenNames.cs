namespace Compose.Execute.Copy;

/// <summary>The names an archive has used, for a file system that takes names in other case for the same.</summary>
internal sealed class TakenNames
{
    private readonly Dictionary<string, string> _spelled = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The earlier name that this one, or a directory of it, differs from in case only; null where there is none, and the name is
    /// taken from then on.
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
