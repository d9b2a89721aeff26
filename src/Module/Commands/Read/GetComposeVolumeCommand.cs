using System.Management.Automation;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Parameters;
using Compose.Module.Completion;
using Compose.State;
using Compose.State.Choosing;

namespace Compose.Module.Commands;

/// <summary>Returns the volumes of a project; with services, those their containers mount.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeVolume")]
[OutputType(typeof(ComposeVolume))]
public sealed class GetComposeVolumeCommand : ContainerReadCommand
{
    /// <summary>The services to read from; wildcards are allowed; without it, all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Service { get; set; }

    /// <summary>
    /// The volumes to return, by their name in the files or on the engine; wildcards are allowed; without it, all.
    /// </summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VolumeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Volume { get; set; }

    private protected override bool IncludesUnusedProjects => true;

    private protected override async Task ReadAsync(
        ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        var all = await session.Resources.VolumesAsync(choice, cancellationToken).ConfigureAwait(false);
        var filter = new NameFilter(Volume, missing =>
            StateErrors.VolumeNotFound.Info($"Project '{choice.ProjectName}' has no volume '{missing}'.", missing));
        foreach (var volume in filter.Keep(all, one => [one.Volume, one.Name], error => sink.Emit(new ErrorEvent(error))))
            sink.Emit(new ResultEvent(volume));
    }
}
