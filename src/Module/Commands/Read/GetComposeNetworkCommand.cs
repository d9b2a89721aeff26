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

/// <summary>Returns the networks of a project; with services, those their containers are on.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeNetwork")]
[OutputType(typeof(ComposeNetwork))]
public sealed class GetComposeNetworkCommand : ContainerReadCommand
{
    /// <summary>The services to read from; wildcards are allowed; without it, all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Service { get; set; }

    /// <summary>
    /// The networks to return, by their name in the files or on the engine; wildcards are allowed; without it, all.
    /// </summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Network { get; set; }

    private protected override bool IncludesUnusedProjects => true;

    private protected override async Task ReadAsync(
        ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken)
    {
        var all = await session.Resources.NetworksAsync(choice, cancellationToken).ConfigureAwait(false);
        var filter = new NameFilter(Network, missing =>
            StateErrors.NetworkNotFound.Info($"Project '{choice.ProjectName}' has no network '{missing}'.", missing));
        foreach (var network in filter.Keep(all, one => [one.Network, one.Name], error => sink.Emit(new ErrorEvent(error))))
            sink.Emit(new ResultEvent(network));
    }
}
