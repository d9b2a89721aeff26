using System.Management.Automation;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Logs;

namespace Compose.Module.Commands;

/// <summary>Returns the log lines of a project's containers as objects, merged by time.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeLog")]
[OutputType(typeof(ComposeLogEntry))]
public sealed class GetComposeLogCommand : ContainerReadCommand
{
    /// <summary>How many lines of each container to return, counted from its last; without it, all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Lines from this time on: a date, or how long ago, such as '10m'.</summary>
    [Parameter]
    [Moment]
    public DateTime? Since { get; set; }

    /// <summary>Lines before this time: a date, or how long ago.</summary>
    [Parameter]
    [Moment]
    public DateTime? Until { get; set; }

    /// <summary>The number of the replica.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Index { get; set; }

    /// <summary>Stays for what is written later; containers that are created meanwhile join.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    // With compose files the default is their services, not those of all containers.
    private protected override ContainerChoice Complete(ContainerChoice choice) => choice with
    {
        Index = Index,
        Services = choice.Services.Count == 0 && choice.Containers.Count == 0 ? [.. choice.Known] : choice.Services,
    };

    private protected override bool IsStream => true;

    private protected override Task ReadAsync(
        ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken) =>
        session.Streams.ReadLogsAsync(
            new LogRequest { Choice = choice, Tail = Tail, Since = Since, Until = Until, Follow = Follow }, sink,
            cancellationToken);
}
