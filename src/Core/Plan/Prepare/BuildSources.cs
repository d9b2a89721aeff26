using Compose.Files.Canonical;
using Compose.Model;
using Compose.Model.Checks;
using Compose.Model.Naming;

namespace Compose.Plan.Prepare;

/// <summary>
/// The services that are built before another one: those whose images are contexts of its build, <c>service:x</c> under
/// additional_contexts, and more for the classic builder.
/// </summary>
internal static class BuildSources
{
    /// <summary>The services whose images are contexts of the build, also those of profiles that are not enabled.</summary>
    public static IEnumerable<ServiceDefinition> Of(ComposeProject project, ServiceDefinition service) =>
        from context in service.Build?.AdditionalContexts.Values ?? []
        let name = ServiceName.In(context)
        where name is not null
        select project.Services.TryGetValue(name, out var source) ? source : project.DisabledServices[name];

    /// <summary>
    /// The services that have to be built before: those whose images are contexts, and for the classic builder all dependencies.
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
