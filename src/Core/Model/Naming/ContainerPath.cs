namespace Compose.Model.Naming;

/// <summary>Paths in a container, which have forward slashes on every host.</summary>
internal static class ContainerPath
{
    /// <summary>
    /// Normalizes a path: removes repeated and trailing slashes and <c>.</c>, and resolves <c>..</c>.
    /// </summary>
    public static string Clean(string path)
    {
        if (path.Length == 0)
            return path;
        var rooted = path[0] == '/';
        var steps = new List<string>();
        foreach (var step in path.Split('/').Where(step => step.Length > 0 && step != "."))
        {
            if (step != "..")
                steps.Add(step);
            else if (steps.Count > 0 && steps[steps.Count - 1] != "..")
                steps.RemoveAt(steps.Count - 1);
            else if (!rooted)
                steps.Add(step);
        }

        return (rooted ? "/" : "") + string.Join("/", steps) is { Length: > 0 } cleaned ? cleaned : ".";
    }
}
