using Compose.Errors;
using Compose.Files;
using Compose.Files.Checks;
using Compose.Model.Checks;
using Compose.Model.Naming;

namespace Compose.Model.Loading;

/// <summary>Selects a project's services by profile and by name, with their dependencies.</summary>
internal static class ServiceSelection
{
    /// <summary>Enables the services of the profiles and the named services; the others become disabled services.</summary>
    public static ComposeProject Enable(
        ComposeProject project, LoadRequest request, IReadOnlyList<string> profiles, DiagnosticBag diagnostics)
    {
        WarnOfUnknown(project, request.Profiles, diagnostics);
        var named = Named(project, request.Services, diagnostics);
        var active = profiles.Concat(named.SelectMany(name => project.Services[name].Profiles)).Distinct().ToList();
        return Keep(project with { Profiles = active }, service => IsEnabled(service, active) || named.Contains(service.Name));
    }

    /// <summary>Keeps the named services and their dependencies; all services if none is named.</summary>
    public static ComposeProject Narrow(ComposeProject project, LoadRequest request)
    {
        if (request.Services.Count == 0)
            return project;
        var named = Named(project, request.Services, new DiagnosticBag());
        var wanted = request.NoDependencies ? named : new DependencyGraph(project.Services).WithDependencies(named);
        return Keep(project, service => wanted.Contains(service.Name));
    }

    /// <summary>
    /// Warns of profiles of -Profile that no service has. Not those of COMPOSE_PROFILES, which may be set for several projects.
    /// </summary>
    private static void WarnOfUnknown(ComposeProject project, IReadOnlyList<string> asked, DiagnosticBag diagnostics)
    {
        var known = project.Services.Values.SelectMany(service => service.Profiles)
            .Where(profile => profile.Length > 0).Distinct().ToList();
        foreach (var profile in asked.Where(profile => profile is not ("" or "*")).Except(known))
        {
            var advice = NearestName.Advice(profile, known)
                ?? (known.Count == 0 ? "The files have no profiles." : $"The profiles of the files: {string.Join(", ", known)}.");
            diagnostics.Add(DiagnosticSeverity.Warning, ModelErrors.UnknownProfile,
                $"No service has the profile '{profile}'. {advice}", project.Files.FirstOrDefault(), advice: advice);
        }
    }

    private static ComposeProject Keep(ComposeProject project, Func<ServiceDefinition, bool> isKept)
    {
        var services = new Dictionary<string, ServiceDefinition>(StringComparer.Ordinal);
        var disabled = project.DisabledServices.ToDictionary(
            service => service.Key, service => service.Value, StringComparer.Ordinal);
        foreach (var service in project.Services.Values)
            (isKept(service) ? services : disabled)[service.Name] = service;
        return project with { Services = services, DisabledServices = disabled };
    }

    private static bool IsEnabled(ServiceDefinition service, List<string> profiles) =>
        service.Profiles.Count == 0
            || service.Profiles.Contains("")
            || profiles.Contains("*")
            || service.Profiles.Any(profiles.Contains);

    private static HashSet<string> Named(ComposeProject project, IReadOnlyList<string> services, DiagnosticBag diagnostics)
    {
        foreach (var name in NamePattern.Unknown(services, project.Services.Keys))
        {
            diagnostics.Add(DiagnosticSeverity.Error, ModelErrors.NoSuchService, $"There is no service '{name}' in the project.",
                project.Files.FirstOrDefault(), advice: NearestName.Advice(name, project.Services.Keys));
        }

        return NamePattern.Matches(services, project.Services.Keys);
    }
}
