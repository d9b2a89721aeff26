namespace Compose.Files.Checks;

/// <summary>Finds the known name that is closest to a misspelled one.</summary>
internal static class NearestName
{
    /// <summary>Limits the time for a file with many or very long unknown names: beyond these there is no suggestion.</summary>
    private const int MaxLength = 100;
    private const int MaxNames = 1_000;

    public static string? Of(string typed, IEnumerable<string> names)
    {
        var limit = Math.Max(1, typed.Length / 3);
        var known = typed.Length > MaxLength ? [] : names.Take(MaxNames + 1).ToList();
        if (known.Count > MaxNames)
            return null;
        return known.Where(name => Math.Abs(name.Length - typed.Length) <= limit)
            .Select(name => (Name: name, Distance: Distance(typed, name, limit)))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault().Name;
    }

    /// <summary>Advice such as "Did you mean 'image'?", or null.</summary>
    public static string? Advice(string typed, IEnumerable<string> names) =>
        Of(typed, names) is { } name ? $"Did you mean '{name}'?" : null;

    /// <summary>The Levenshtein distance, ignoring case; any number above the limit once it exceeds the limit.</summary>
    private static int Distance(string left, string right, int limit)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var row = 1; row <= left.Length; row++)
        {
            var least = current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var isSame = char.ToLowerInvariant(left[row - 1]) == char.ToLowerInvariant(right[column - 1]);
                var replaced = previous[column - 1] + (isSame ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(previous[column], current[column - 1]) + 1);
                least = Math.Min(least, current[column]);
            }

            if (least > limit)
                return least;
            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
