using Compose.Errors;
using Compose.Model.Naming;

namespace Compose.Module.Common.Parameters;

/// <summary>Filters objects by name. A name that does not exist is an error; a wildcard may match nothing.</summary>
/// <param name="names">The names, with wildcards; null keeps all objects.</param>
/// <param name="missing">Makes the error for a name that does not exist.</param>
internal sealed class NameFilter(IReadOnlyList<string>? names, Func<string, ErrorInfo> missing)
{
    /// <param name="all">The objects to filter.</param>
    /// <param name="namesOf">Returns the names of an object.</param>
    /// <param name="onError">Receives the errors.</param>
    public IEnumerable<T> Keep<T>(IReadOnlyList<T> all, Func<T, IEnumerable<string>> namesOf, Action<ErrorInfo> onError)
    {
        if (names is null)
            return all;
        var known = all.SelectMany(namesOf).ToList();
        foreach (var name in NamePattern.Unknown(names, known))
            onError(missing(name));
        var kept = NamePattern.Matches(names, known);
        return all.Where(one => namesOf(one).Any(kept.Contains));
    }
}
