using System.Management.Automation;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Module.Common;
using Compose.Plan;
using Compose.Plan.Input;

namespace Compose.Module.Commands;

/// <summary>Pushes the images that services build, under all their tags.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ComposePush", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeImageResult))]
public sealed class InvokeComposePushCommand : ImageCommand
{
    /// <summary>Pushes for what the named services depend on too.</summary>
    [Parameter]
    public SwitchParameter IncludeDependency { get; set; }

    /// <summary>Warns of images that cannot be pushed, and goes on.</summary>
    [Parameter]
    public SwitchParameter IgnorePushFailure { get; set; }

    private protected override ImageRequest Request() =>
        new() { Dependencies = IncludeDependency, IgnoreFailures = IgnorePushFailure };

    private protected override Task<ComposePlan> PlanAsync(
        ProjectSession session, ComposeProject project, ImageRequest request, CancellationToken cancellationToken) =>
        session.Plans.PushAsync(project, request, cancellationToken);
}
