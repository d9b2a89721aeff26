using System.Management.Automation;
using Compose.Errors;
using Compose.Events;
using Compose.Execute;
using Compose.Module.Common;
using Compose.Module.Completion;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Returns the volumes of a project; with services, those their containers mount.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeVolume")]
[OutputType(typeof(ComposeVolume))]
public sealed class GetComposeVolumeCommand : ContainerReadCommand
{
    /// <summary>The volumes to return, by their name in the files or on the engine; wildcards are allowed; without it, all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VolumeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Volume { get; set; }

    private protected override async Task ReadAsync(ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        var all = await session.GetVolumesAsync(choice, cancellationToken).ConfigureAwait(false);
        var filter = new NameFilter(Volume, StateErrors.VolumeNotFound, $"Project '{choice.ProjectName}' has no volume");
        foreach (var volume in filter.Keep(all, one => [one.Volume, one.Name], error => sink.Emit(new ErrorEvent(error))))
            sink.Emit(new ResultEvent(volume));
    }
}
