using Compose.Files.Canonical;
using Compose.Model;
using Compose.Model.Checks;
using Compose.Model.Naming;

namespace Compose.Plan.Prepare;

/// <summary>
/// The services whose images are contexts of a build, <c>service:x</c> under additional_contexts, and what else is built first.
/// </summary>
internal static class BuildSources
{
    /// <summary>A service of a profile that is not enabled is one too.</summary>
    public static IEnumerable<ServiceDefinition> Of(ComposeProject project, ServiceDefinition service) =>
        from context in service.Build?.AdditionalContexts.Values ?? []
        let name = ServiceName.In(context)
        where name is not null
        select project.Services.TryGetValue(name, out var source) ? source : project.DisabledServices[name];

    /// <summary>
    /// The services that must be built before one: those whose images it takes, and for the classic builder all it depends on.
    /// </summary>
    public static IEnumerable<ServiceDefinition> Before(ComposeProject project, ServiceDefinition service)
    {
        var sources = Of(project, service);
        return project.Environment.PrefersBuildKit() == false ? sources.Concat(Dependencies(project, service)) : sources;
    }

    private static IEnumerable<ServiceDefinition> Dependencies(ComposeProject project, ServiceDefinition service) =>
        from name in new DependencyGraph(project.Services).WithDependencies([service.Name])
        where name != service.Name && project.Services[name].Build is not null
        select project.Services[name];
}
