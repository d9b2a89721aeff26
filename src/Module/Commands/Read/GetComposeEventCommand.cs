using System.Management.Automation;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Events;

namespace Compose.Module.Commands;

/// <summary>
/// Returns what happened to the containers of a project, as far as the engine remembers; or, with -Follow, what happens.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ComposeEvent")]
[OutputType(typeof(ComposeEngineEvent))]
public sealed class GetComposeEventCommand : ContainerReadCommand
{
    /// <summary>Events from this time on: a date, or how long ago, such as '10m'.</summary>
    [Parameter]
    [Moment]
    public DateTime? Since { get; set; }

    /// <summary>Events before this time; the cmdlet ends then.</summary>
    [Parameter]
    [Moment]
    public DateTime? Until { get; set; }

    /// <summary>Stays for what happens later.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    private protected override bool IsStream => true;

    private protected override Task ReadAsync(
        ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken) =>
        session.Streams.ReadEventsAsync(
            new EventRequest { Choice = choice, Since = Since, Until = Until, Follow = Follow }, sink, cancellationToken);
}
