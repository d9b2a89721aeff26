using System.Globalization;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Model.Naming;
using Compose.Streams;
using Compose.Streams.Logs;
using Compose.Swarm.Observe;

namespace Compose.Swarm.Operations;

/// <summary>Which log lines of a stack to read.</summary>
internal sealed record StackLogRequest
{
    public required string Stack { get; init; }

    /// <summary>The services, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];
    public int? Tail { get; init; }
    public DateTime? Since { get; init; }
    public DateTime? Until { get; init; }

    /// <summary>The slot of the tasks; null for all.</summary>
    public int? Slot { get; init; }
    public bool Follow { get; init; }
}

/// <summary>
/// Reads the logs of a stack's services, of tasks on all nodes and of those that have ended. The engine mixes the lines of a
/// service's tasks, so what is not followed is sorted by time.
/// </summary>
internal sealed class StackLogs(ProjectSession session, StackLogRequest request, IEventSink sink)
{
    private const string TaskDetail = "com.docker.swarm.task.id=";

    /// <exception cref="ComposeException">StackNotFound, StackServiceNotFound.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var state = await new StackOperations(session).RunningAsync(request.Stack, cancellationToken).ConfigureAwait(false);
        var names = state.Services.Select(state.ServiceOf).ToList();
        if (NamePattern.Unknown(request.Services, names) is [var unknown, ..])
            throw StackErrors.ServiceNotFound.Exception($"Stack '{request.Stack}' has no service '{unknown}'.", unknown);
        var chosen = request.Services.Count == 0 ? [.. names] : NamePattern.Matches(request.Services, names);
        var services = state.Services.Where(service => chosen.Contains(state.ServiceOf(service))).ToList();
        if (request.Follow)
        {
            await Task.WhenAll(services.Select(service => FollowAsync(state, service, cancellationToken))).ConfigureAwait(false);
            return;
        }

        var read = await Task.WhenAll(services.Select(service => LinesAsync(state, service, cancellationToken)))
            .ConfigureAwait(false);
        var sorted = read.SelectMany(lines => lines).OrderBy(entry => entry.Timestamp).ToList<object>();
        await sink.EmitAsync(new ResultsEvent(sorted), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ComposeLogEntry>> LinesAsync(
        ObservedStack state, SwarmService service, CancellationToken cancellationToken)
    {
        var entries = new List<ComposeLogEntry>();
        try
        {
            using var reader = await OpenAsync(service, cancellationToken).ConfigureAwait(false);
            while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (Entry(state, service, line) is { } entry)
                    entries.Add(entry);
            }
        }
        catch (EngineException exception)
        {
            // The other services' logs are still read.
            sink.Emit(new ErrorEvent(exception.Info));
        }

        return entries;
    }

    private async Task FollowAsync(ObservedStack state, SwarmService service, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = await OpenAsync(service, cancellationToken).ConfigureAwait(false);
            while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (state.Tasks.All(task => task.Id != TaskOf(line.Message)))
                    state = await new StackReader(session.Engine).RunningAsync(request.Stack, cancellationToken)
                        .ConfigureAwait(false);
                if (Entry(state, service, line) is { } entry)
                    await sink.EmitAsync(new ResultEvent(entry), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (EngineException exception)
        {
            sink.Emit(new ErrorEvent(exception.Info));
        }
    }

    private async Task<LogLineReader> OpenAsync(SwarmService service, CancellationToken cancellationToken)
    {
        var query = new LogQuery(
            request.Follow, Text(request.Since), Text(request.Until), request.Tail?.ToString(CultureInfo.InvariantCulture));
        return new LogLineReader(
            await session.Engine.Swarm.ServiceLogsAsync(service.Id, query, cancellationToken).ConfigureAwait(false),
            service.Spec.Name);
    }

    /// <summary>The line with its task; null if another slot was asked for.</summary>
    private ComposeLogEntry? Entry(ObservedStack state, SwarmService service, LogLine line)
    {
        var id = TaskOf(line.Message);
        var task = state.Tasks.FirstOrDefault(task => task.Id == id);
        if (request.Slot is { } slot && task?.Slot != slot)
            return null;
        return new ComposeLogEntry
        {
            EngineHost = session.EngineHost,
            ProjectName = state.Stack,
            Service = state.ServiceOf(service),
            Container = task is null ? service.Spec.Name : StackResults.Name(task, service.Spec.Name),
            Replica = (int)(task?.Slot ?? 0),
            Timestamp = line.Timestamp,
            Stream = line.IsError ? "stderr" : "stdout",
            Message = id.Length > 0 ? WithoutDetails(line.Message) : line.Message,
        };
    }

    /// <summary>The task of a line, from the details before its text; empty if it has none.</summary>
    private static string TaskOf(string message)
    {
        var end = message.IndexOf(' ');
        var details = end < 0 ? message : message.Substring(0, end);
        return details.Split(',').FirstOrDefault(detail => detail.StartsWith(TaskDetail, StringComparison.Ordinal)) is { } found
            ? found.Substring(TaskDetail.Length)
            : "";
    }

    private static string WithoutDetails(string text) =>
        text.IndexOf(' ') is >= 0 and var end ? text.Substring(end + 1) : "";

    private static string? Text(DateTime? time) => time is { } moment ? UnixTime.Text(moment) : null;
}
