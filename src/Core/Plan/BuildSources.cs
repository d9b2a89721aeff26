using Compose.Model;

namespace Compose.Plan;

/// <summary>The services whose images are contexts of a build: <c>service:x</c> under additional_contexts.</summary>
internal static class BuildSources
{
    private const string Prefix = "service:";

    /// <summary>A service of a profile that is not enabled is one too.</summary>
    public static IEnumerable<ServiceDefinition> Of(ComposeProject project, ServiceDefinition service) =>
        from context in service.Build?.AdditionalContexts.Values ?? []
        where context.StartsWith(Prefix, StringComparison.Ordinal)
        let name = context.Substring(Prefix.Length)
        select project.Services.TryGetValue(name, out var source) ? source : project.DisabledServices[name];
}
