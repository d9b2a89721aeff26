using System.Management.Automation;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Module.Common;
using Compose.Plan;
using Compose.Plan.Input;

namespace Compose.Module.Commands;

/// <summary>Pulls the images of services.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ComposePull", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeImageResult))]
public sealed class InvokeComposePullCommand : ImageCommand
{
    /// <summary>When to pull, over every service's own policy.</summary>
    [Parameter]
    [ValidateSet("Always", "Missing")]
    public string? Policy { get; set; }

    /// <summary>Pulls for what the named services depend on too.</summary>
    [Parameter]
    public SwitchParameter IncludeDependency { get; set; }

    /// <summary>Does not pull images that services can build.</summary>
    [Parameter]
    public SwitchParameter IgnoreBuildable { get; set; }

    /// <summary>Warns of images that cannot be pulled, and goes on.</summary>
    [Parameter]
    public SwitchParameter IgnorePullFailure { get; set; }

    private protected override ImageRequest Request() => new()
    {
        Dependencies =
            IncludeDependency, Policy =
                Policy?.ToLowerInvariant(), IgnoreBuildable = IgnoreBuildable, IgnoreFailures = IgnorePullFailure,
    };

    private protected override Task<ComposePlan> PlanAsync(
        ProjectSession session, ComposeProject project, ImageRequest request, CancellationToken cancellationToken) =>
        session.Plans.PullAsync(project, request, cancellationToken);

    /// <summary>Adds the skipped images to the results, and warns of images that must be built.</summary>
    private protected override IReadOnlyList<ComposeImageResult> Complete(
        ComposePlan plan, IReadOnlyList<ComposeImageResult> results)
    {
        var pulled = new HashSet<string>(results.Select(result => result.Image), StringComparer.Ordinal);
        var unbuilt = plan.Unbuilt.Where(lacking => !pulled.Contains(lacking.Image)).Select(lacking => lacking.Service).ToList();
        if (unbuilt.Count > 0)
            WriteWarning($"Still to be built: {string.Join(", ", unbuilt)}. Invoke-ComposeBuild builds them.");
        return [.. results, .. plan.SkippedImages.Select(SkippedResult)];

        ComposeImageResult SkippedResult(SkippedImage skipped) => new()
        {
            EngineHost = plan.EngineHost,
            ProjectName = plan.ProjectName,
            Service = skipped.Service,
            Image = skipped.Image,
            Result = "Skipped",
            Reason = skipped.Reason,
            Id = "",
        };
    }
}
