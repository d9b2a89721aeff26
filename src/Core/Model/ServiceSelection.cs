using System.Text.RegularExpressions;
using Compose.Errors;
using Compose.Files;

namespace Compose.Model;

/// <summary>Which services are enabled: by profile, by name, with what they depend on.</summary>
internal static class ServiceSelection
{
    public static ComposeProject Apply(ComposeProject project, LoadRequest request, IReadOnlyList<string> profiles, DiagnosticBag diagnostics)
    {
        var named = Named(project, request.Services, diagnostics);
        var active = profiles.Concat(named.SelectMany(name => project.Services[name].Profiles)).Distinct().ToList();
        var enabled = project.Services.Values.Where(service => IsEnabled(service, active) || named.Contains(service.Name)).Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        if (named.Count > 0)
        {
            var wanted = request.NoDependencies ? named : new DependencyGraph(project.Services).WithDependencies(named);
            enabled.IntersectWith(wanted);
        }

        return project with
        {
            Services = project.Services.Values.Where(service => enabled.Contains(service.Name)).ToDictionary(service => service.Name, StringComparer.Ordinal),
            DisabledServices = project.Services.Values.Where(service => !enabled.Contains(service.Name)).ToDictionary(service => service.Name, StringComparer.Ordinal),
            Profiles = active,
        };
    }

    private static bool IsEnabled(ServiceDefinition service, List<string> profiles) =>
        service.Profiles.Count == 0 || profiles.Contains("*") || service.Profiles.Any(profiles.Contains);

    private static HashSet<string> Named(ComposeProject project, IReadOnlyList<string> services, DiagnosticBag diagnostics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pattern in services)
        {
            var glob = new Regex("^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.CultureInvariant);
            var matches = project.Services.Keys.Where(name => glob.IsMatch(name)).ToList();
            if (matches.Count == 0 && pattern.IndexOf('*') < 0)
                diagnostics.Add(DiagnosticSeverity.Error, ModelErrors.NoSuchService, $"There is no service '{pattern}' in the project.", project.Files.FirstOrDefault(), advice: NearestName.Advice(pattern, project.Services.Keys));
            names.UnionWith(matches);
        }

        return names;
    }
}
