using Compose.Errors;
using Compose.Model;

namespace Compose.Module.Common;

/// <summary>Keeps what the user named. A name that is nowhere is an error; a pattern may match nothing.</summary>
/// <param name="names">The names asked for, wildcards allowed; null keeps everything.</param>
/// <param name="missing">The error of a name that is nowhere.</param>
/// <param name="lack">What that error says before the name.</param>
internal sealed class NameFilter(IReadOnlyList<string>? names, ErrorDefinition missing, string lack)
{
    /// <param name="all">What there is.</param>
    /// <param name="namesOf">The names each goes by.</param>
    /// <param name="tell">Takes the errors.</param>
    public IEnumerable<T> Keep<T>(IReadOnlyList<T> all, Func<T, IEnumerable<string>> namesOf, Action<ErrorInfo> tell)
    {
        if (names is null)
            return all;
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var found = NamePattern.Meant(name, all.SelectMany(namesOf));
            if (found.Count == 0 && !NamePattern.IsPattern(name))
                tell(missing.Info($"{lack} '{name}'.", name));
            kept.UnionWith(found);
        }

        return all.Where(one => namesOf(one).Any(kept.Contains));
    }
}
