using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Model.Naming;
using Compose.Plan;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Module.Common;

/// <summary>The base of cmdlets that change the state of containers, and return them with -PassThru.</summary>
public abstract class ServiceStateCommand : ServiceChangeCommand
{
    /// <summary>Returns the containers afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected sealed override void WriteResult(ProjectSession session, LifecycleRequest request, ComposePlan plan)
    {
        if (!PassThru)
            return;
        var query = new ContainerQuery { ProjectName = request.ProjectName, All = true };
        if (TryRun((_, cancellationToken) => session.Containers.ListAsync(query, cancellationToken)) is not { } containers)
            return;
        var all = request.Services.Count == 0 && request.Containers.Count == 0;
        var named = NamePattern.Matches(request.Services, containers.Select(container => container.Service));
        WriteObject(containers.Where(IsReturned), enumerateCollection: true);

        bool IsReturned(ComposeContainer container) => request.Containers.Contains(container.Container)
            || (IsAsked(container) && (IsRegular(container) || IsTouched(container)));
        bool IsAsked(ComposeContainer container) => all || named.Contains(container.Service);
        bool IsRegular(ComposeContainer container) => !container.OneOff && IsInFiles(container);
        bool IsInFiles(ComposeContainer container) => request.Project?.Services.ContainsKey(container.Service) ?? true;
        bool IsTouched(ComposeContainer container) => plan.Actions.Any(action => action.Target == Targets.Container(container));
    }
}
