using System.Management.Automation;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.State;
using Compose.State.Choosing;

namespace Compose.Module.Commands;

/// <summary>Returns the processes in the running containers of a project.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeProcess")]
[OutputType(typeof(ComposeProcess))]
public sealed class GetComposeProcessCommand : ContainerReadCommand
{
    private protected override Task ReadAsync(
        ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken) =>
        session.Containers.ReadProcessesAsync(choice, sink, cancellationToken);
}
