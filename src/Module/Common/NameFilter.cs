using System.Management.Automation;
using Compose.Errors;
using Compose.Events;

namespace Compose.Module.Common;

/// <summary>Keeps what the user named. A name that is nowhere is an error; a pattern may match nothing.</summary>
/// <param name="names">The names asked for, wildcards allowed; null keeps everything.</param>
/// <param name="missing">The error of a name that is nowhere.</param>
internal sealed class NameFilter(IReadOnlyList<string>? names, ErrorDefinition missing)
{
    public IEnumerable<T> Keep<T>(IReadOnlyList<T> all, Func<T, IEnumerable<string>> namesOf, string projectName, IEventSink sink)
    {
        if (names is null)
            return all;
        var kept = new HashSet<T>();
        foreach (var name in names)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            var found = all.Where(one => namesOf(one).Any(pattern.IsMatch)).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                sink.Emit(new ErrorEvent(missing.Info($"Project '{projectName}' has no '{name}'.", name)));
            kept.UnionWith(found);
        }

        return all.Where(kept.Contains);
    }
}
