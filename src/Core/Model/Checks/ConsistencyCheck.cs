using Compose.Errors;
using Compose.Files.Checks;
using Compose.Model.Origins;

namespace Compose.Model.Checks;

/// <summary>Checks what needs several sections of a project: references, dependency cycles, numbers of replicas.</summary>
internal static class ConsistencyCheck
{
    public static void Run(ComposeProject project, DiagnosticBag diagnostics)
    {
        foreach (var service in project.Services.Values)
            new ServiceConsistency(project, service, diagnostics).Run();
        var counts = project.Services.Values.Select(service => service.Replicas).Where(count => count <= ReplicaLimits.OfService);
        if (ReplicaLimits.Problem(counts.Sum(count => (long)count)) is { } tooMany)
        {
            diagnostics.Error(ModelErrors.TooManyReplicas, tooMany, project.OriginOf("services"),
                advice: "Ask for fewer replicas, or for fewer services.");
        }

        Cycle(project, diagnostics);
        Secrets(project, diagnostics);
    }

    private static void Cycle(ComposeProject project, DiagnosticBag diagnostics)
    {
        if (new DependencyGraph(project.Services).FindCycle() is { } cycle)
            diagnostics.Error(
                ModelErrors.DependencyCycle, $"The services depend on one another in a circle: {string.Join(" -> ", cycle)}.",
                project.Services[cycle[0]].DependsOn[cycle[1]].Origin);
    }

    /// <summary>Reports container names that several of the selected services use.</summary>
    public static void ContainerNames(ComposeProject project, DiagnosticBag diagnostics)
    {
        foreach (var same in project.Services.Values.Where(service =>
            service.ContainerName is { Length: > 0 }).GroupBy(service => service.ContainerName).Where(group => group.Count() > 1))
        {
            diagnostics.Error(
                ModelErrors.ContainerNameTwice,
                $"The container_name '{same.Key}' is used by "
                    + $"{string.Join(" and ", same.Select(service => $"'{service.Name}'"))}.",
                project.OriginOf("services", same.Last().Name, "container_name"),
                advice: "A name belongs to one container; rename or remove one.");
        }
    }

    /// <summary>Reports secrets with <c>external: false</c> and no content, which DefinitionCheck lets pass.</summary>
    private static void Secrets(ComposeProject project, DiagnosticBag diagnostics)
    {
        foreach (var secret in project.Secrets.Values.Where(secret =>
            !secret.External && secret.File is not { Length: > 0 } && secret.Environment is not { Length: > 0 }))
            diagnostics.Error(ModelErrors.NoContent, $"The secret '{secret.Key}' needs one of file, environment.", secret.Origin);
    }
}
