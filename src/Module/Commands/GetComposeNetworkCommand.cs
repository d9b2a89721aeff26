using System.Management.Automation;
using Compose.Errors;
using Compose.Events;
using Compose.Execute;
using Compose.Module.Common;
using Compose.Module.Completion;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Returns the networks of a project; with services, those their containers are on.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeNetwork")]
[OutputType(typeof(ComposeNetwork))]
public sealed class GetComposeNetworkCommand : ContainerReadCommand
{
    /// <summary>The networks to return, by their name in the files or on the engine; wildcards are allowed; without it, all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Network { get; set; }

    private protected override async Task ReadAsync(ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        var all = await session.GetNetworksAsync(choice, cancellationToken).ConfigureAwait(false);
        var filter = new NameFilter(Network, StateErrors.NetworkNotFound, $"Project '{choice.ProjectName}' has no network");
        foreach (var network in filter.Keep(all, one => [one.Network, one.Name], error => sink.Emit(new ErrorEvent(error))))
            sink.Emit(new ResultEvent(network));
    }
}
