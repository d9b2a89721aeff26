using System.Text.RegularExpressions;
using Compose.Files;

namespace Compose.Images;

/// <summary>
/// The images a Dockerfile needs: FROM, COPY --from and the syntax line, ARGs expanded, stages left out.
/// BuildKit without a session cannot log in to a registry, so these are pulled before it starts.
/// </summary>
internal static class DockerfileImages
{
    private static readonly Regex Syntax = new(@"^#\s*syntax\s*=\s*(\S+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex From = new(@"^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex Argument = new(@"^ARG\s+(\w+)(?:=(.*))?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex CopyFrom = new(@"^(?:COPY|ADD)\s.*--from=(\S+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static IReadOnlyList<string> Find(string dockerfile, IReadOnlyDictionary<string, string> arguments)
    {
        var images = new List<string>();
        var stages = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "scratch" };
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var interpolator = new Interpolator(name => values.TryGetValue(name, out var value) ? value : null);
        foreach (var line in Lines(dockerfile))
        {
            if (Syntax.Match(line) is { Success: true } syntax && images.Count == 0)
                images.Add(syntax.Groups[1].Value);
            else if (Argument.Match(line) is { Success: true } argument && stages.Count == 1)
                values[argument.Groups[1].Value] = arguments.TryGetValue(argument.Groups[1].Value, out var given) ? given : argument.Groups[2].Value.Trim('"', '\'');
            else if (From.Match(line) is { Success: true } from)
            {
                Add(interpolator.Expand(from.Groups[1].Value, out _));
                stages.Add(from.Groups[2].Success ? from.Groups[2].Value : $"#{stages.Count}");
            }
            else if (CopyFrom.Match(line) is { Success: true } copy && !copy.Groups[1].Value.All(char.IsDigit))
            {
                Add(interpolator.Expand(copy.Groups[1].Value, out _));
            }
        }

        return [.. images.Distinct()];

        void Add(string? image)
        {
            if (image is { Length: > 0 } && !stages.Contains(image))
                images.Add(image);
        }
    }

    /// <summary>Logical lines: a backslash at the end goes on in the next.</summary>
    private static IEnumerable<string> Lines(string dockerfile)
    {
        var pending = "";
        foreach (var raw in dockerfile.Split('\n'))
        {
            var line = pending + raw.TrimEnd('\r').Trim();
            if (line.EndsWith("\\", StringComparison.Ordinal))
            {
                pending = line.Substring(0, line.Length - 1);
                continue;
            }

            pending = "";
            if (line.Length > 0)
                yield return line;
        }
    }
}
