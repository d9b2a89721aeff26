using System.Management.Automation;
using Compose.Events;
using Compose.Execute;
using Compose.Module.Common;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Returns the volumes of a project; with services, those their containers mount.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeVolume")]
[OutputType(typeof(ComposeVolume))]
public sealed class GetComposeVolumeCommand : ContainerReadCommand
{
    private protected override async Task ReadAsync(ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        foreach (var volume in await session.GetVolumesAsync(choice, cancellationToken).ConfigureAwait(false))
            sink.Emit(new ResultEvent(volume));
    }
}
