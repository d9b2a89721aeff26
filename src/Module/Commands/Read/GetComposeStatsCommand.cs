using System.Management.Automation;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.State.Choosing;
using Compose.Streams;

namespace Compose.Module.Commands;

/// <summary>Returns what the containers of a project use: processor, memory, network, disk and processes, as numbers.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeStats")]
[OutputType(typeof(ComposeStats))]
public sealed class GetComposeStatsCommand : ContainerReadCommand
{
    /// <summary>Stays and returns a sample a second of each container; those that start meanwhile join.</summary>
    [Parameter]
    [Alias("Stream")]
    public SwitchParameter Follow { get; set; }

    /// <summary>Returns stopped containers too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    private protected override bool IsStream => true;

    private protected override Task ReadAsync(
        ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken) =>
        session.Streams.ReadStatsAsync(choice, All, Follow, sink, cancellationToken);
}
