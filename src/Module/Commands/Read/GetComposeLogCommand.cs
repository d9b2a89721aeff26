using System.Management.Automation;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Logs;
using Compose.Swarm.Operations;

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

    /// <summary>The stacks of a swarm whose tasks' lines to return, from all nodes; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Stack { get; set; }

    private readonly List<(string? EngineHost, string[] Stacks, string[] Services)> _stacks = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Stack is null)
        {
            base.ProcessRecord();
            return;
        }

        InputBinding.ForEach(this, () => _stacks.Add((EngineHost, Stack ?? [], Service ?? [])));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        var requests = _stacks.SelectMany(wanted => Sessions(wanted.EngineHost).SelectMany(session => Requests(session, wanted)))
            .GroupBy(wanted => (wanted.Session, wanted.Request.Stack))
            .Select(group => (group.Key.Session, Request: Merged([.. group.Select(wanted => wanted.Request)]))).ToList();
        if (requests.Count > 0)
            Run(async (sink, cancellationToken) =>
            {
                var reads = requests.Select(wanted =>
                    ReadAsync(new StackLogs(wanted.Session, wanted.Request, sink), sink, cancellationToken));
                await Task.WhenAll(reads).ConfigureAwait(false);
                return requests;
            });
    }

    /// <summary>The requests of one stack as one: for the services of all, or for the whole stack.</summary>
    private static StackLogRequest Merged(IReadOnlyList<StackLogRequest> requests) => requests[0] with
    {
        Services = requests.Any(request => request.Services.Count == 0)
            ? []
            : [.. requests.SelectMany(request => request.Services).Distinct()],
    };

    private IEnumerable<(ProjectSession Session, StackLogRequest Request)> Requests(
        ProjectSession session, (string? EngineHost, string[] Stacks, string[] Services) wanted) =>
        (TryRun((_, cancellationToken) => new StackOperations(session).FindAsync(wanted.Stacks, cancellationToken)) ?? [])
            .Select(stack => (session, new StackLogRequest
            {
                Stack = stack,
                Services = wanted.Services,
                Tail = Tail,
                Since = Since,
                Until = Until,
                Slot = Index,
                Follow = Follow,
            }));

    /// <summary>A failure is written as one error, and the other stacks continue.</summary>
    private static async Task ReadAsync(StackLogs logs, IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await logs.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            sink.Emit(new ErrorEvent(exception.Info));
        }
    }

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
