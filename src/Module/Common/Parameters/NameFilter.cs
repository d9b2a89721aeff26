using Compose.Errors;
using Compose.Model.Naming;

namespace Compose.Module.Common.Parameters;

/// <summary>Keeps what the user named. A name that is nowhere is an error; a pattern may match nothing.</summary>
/// <param name="names">The names asked for, wildcards allowed; null keeps everything.</param>
/// <param name="missing">The error of a name that is nowhere.</param>
internal sealed class NameFilter(IReadOnlyList<string>? names, Func<string, ErrorInfo> missing)
{
    /// <param name="all">What there is.</param>
    /// <param name="namesOf">The names each goes by.</param>
    /// <param name="tell">Takes the errors.</param>
    public IEnumerable<T> Keep<T>(IReadOnlyList<T> all, Func<T, IEnumerable<string>> namesOf, Action<ErrorInfo> tell)
    {
        if (names is null)
            return all;
        var known = all.SelectMany(namesOf).ToList();
        foreach (var name in NamePattern.Unknown(names, known))
            tell(missing(name));
        var kept = NamePattern.Meant(names, known);
        return all.Where(one => namesOf(one).Any(kept.Contains));
    }
}
