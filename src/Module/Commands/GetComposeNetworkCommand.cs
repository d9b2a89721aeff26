using System.Management.Automation;
using Compose.Events;
using Compose.Execute;
using Compose.Module.Common;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Returns the networks of a project; with services, those their containers are on.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeNetwork")]
[OutputType(typeof(ComposeNetwork))]
public sealed class GetComposeNetworkCommand : ContainerReadCommand
{
    private protected override async Task ReadAsync(ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        foreach (var network in await session.GetNetworksAsync(choice, cancellationToken).ConfigureAwait(false))
            sink.Emit(new ResultEvent(network));
    }
}
