using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Streams.Logs;
using Compose.Swarm.Observe;

namespace Compose.Swarm.Run;

/// <summary>
/// Explains why the tasks of a service do not run: the task's error, its exit code, its last lines, its constraints.
/// </summary>
internal sealed class TaskExplanation(EngineClient engine, IEventSink sink)
{
    private const string NoNode = "no suitable node";
    private static readonly LogQuery LastLines = new(false, null, null, "10");

    /// <summary>Whether a task waits because no node suits it.</summary>
    public static bool LacksNode(SwarmTask? task) => task?.Status.Err?.StartsWith(NoNode, StringComparison.Ordinal) == true;

    /// <summary>What a task shows, as a text that follows another one.</summary>
    public async Task<string> OfAsync(SwarmService service, SwarmTask? task, CancellationToken cancellationToken)
    {
        if (task is null)
            return "";
        var name = StackResults.Name(task, service.Spec.Name);
        if (LacksNode(task))
            return $"; task {name} waits: {await NodesAsync(service, task, cancellationToken).ConfigureAwait(false)}";
        var text = $"; task {name} is {task.Status.State}";
        if (task.Status.Err is { Length: > 0 } error)
            text += ": " + error;
        if (task.Status.ExitCode is { } code and not 0 && task.Status.Err?.Contains($"({code})") != true)
            text += $", exit code {code}";
        var lines = task.Status.ContainerId is null
            ? []
            : await LinesAsync(task.Id, cancellationToken).ConfigureAwait(false);
        return lines.Count == 0 ? text : $"{text}; last output of {name}:\n  {string.Join("\n  ", lines)}";
    }

    private async Task<string> NodesAsync(SwarmService service, SwarmTask task, CancellationToken cancellationToken)
    {
        var constraints = service.Spec.TaskTemplate.Placement?.Constraints ?? [];
        var said = task.Status.Err!;
        try
        {
            var nodes = await engine.Swarm.NodesAsync(cancellationToken).ConfigureAwait(false);
            return ConstraintCheck.Explain(constraints, nodes) is { } cause ? $"{cause} ({said})" : said;
        }
        catch (ComposeException exception)
        {
            sink.Emit(new VerboseEvent($"The nodes cannot be listed: {exception.Message}"));
            return said;
        }
    }

    private async Task<IReadOnlyCollection<string>> LinesAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.TimeLimit.AwaitAsync(
                token => ReadAsync(id, token),
                (length, inner) =>
                    EngineErrors.NoAnswer.Exception($"it took longer than {TimeLimit.Format(length)}.", id, inner: inner),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            sink.Emit(new VerboseEvent($"The log cannot be read: {exception.Message}"));
            return [];
        }
    }

    private async Task<IReadOnlyCollection<string>> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var log = await engine.Swarm.TaskLogsAsync(id, LastLines, cancellationToken).ConfigureAwait(false);
        using var reader = new LogLineReader(log, id);
        var lines = new List<string>();
        while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Message.Length > 0)
                lines.Add(line.Message);
        }

        return lines;
    }
}
