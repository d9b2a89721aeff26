using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Transport;
using Compose.Events;
using Compose.Execute.Waiting;
using Compose.Images.Build;
using Compose.State;
using Compose.State.Reading;
using Compose.Streams.Events;
using Compose.Streams.Frames;
using Compose.Streams.Logs;
using Compose.Streams.Stats;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Api;

/// <summary>Processes an answer as the product does: reads it to its end, and converts it to output objects.</summary>
internal static class AnswerUse
{
    private const int Enough = 1000;
    private static readonly ComposeContainer Container = new()
    {
        EngineHost = "x", ProjectName = "x", Service = "x", Container = "x", Replica = 1, Id = "x", State = "Running",
    };

    /// <summary>Awaits and reads the return value of any call.</summary>
    public static async Task AllAsync(object? answer)
    {
        switch (answer)
        {
            case Task task:
                await task;
                await AllAsync(task.GetType().GetProperty("Result")?.GetValue(task));
                break;
            case Stream stream:
                using (var reader = new LogLineReader(stream, "x"))
                {
                    while (await reader.NextAsync(CancellationToken.None) is not null)
                        continue;
                }

                break;
            case HijackedConnection connection:
                using (connection)
                {
                    var reader = new OutputReader(connection, tty: false, "x");
                    while (await reader.ReadAsync(CancellationToken.None) is not null)
                        continue;
                }

                break;
            case ITuple tuple:
                for (var index = 0; index < tuple.Length; index++)
                    await AllAsync(tuple[index]);
                break;
            case not null when Streamed(answer.GetType()) is { } item:
                await (Task)Items.MakeGenericMethod(item).Invoke(null, [answer])!;
                break;
            default:
                Record(answer);
                break;
        }
    }

    /// <summary>Converts an API record with every converter that the product has for it.</summary>
    public static void Record(object? record)
    {
        switch (record)
        {
            case IEnumerable<ContainerSummary> containers:
                foreach (var container in containers)
                    _ = (
                        ContainerMapping.Observe(PodmanTranslation.Container(container)),
                        ContainerMapping.Result(container, "x"));
                _ = ResultReader.Projects(containers, "x").Count;
                break;
            case ContainerInspect inspect:
                _ = (
                    PodmanTranslation.Container(inspect), ContainerDiagnostics.Probe(inspect),
                    ResourceMapping.Time(inspect.State.StartedAt));
                break;
            case IReadOnlyList<ImageSummary> images:
                _ = PodmanTranslation.Images(images).Count;
                break;
            case ImageInspect image:
                _ = (PodmanTranslation.Image(image), ImagePlatform.Of(image));
                break;
            case NetworkResource network:
                _ = ResourceMapping.Network("x", "x", network, []);
                break;
            case VolumeResource volume:
                _ = ResourceMapping.Volume("x", "x", volume, []);
                break;
            case ContainerTop table:
                _ = ProcessTable.Read(table, Container).Count();
                break;
            case StatsSample sample:
                _ = (
                    StatsMapping.Read(sample, Container, windows: false), StatsMapping.Read(sample, Container, windows: true),
                    StatsMapping.IsComplete(sample));
                break;
            case EngineEvent engineEvent:
                _ = (EventMapping.Read(engineEvent, "x"), EventMapping.Container(engineEvent, "x"));
                break;
            case ProgressMessage message:
                new BuildProgress(Built.Value, new NullSink()).Take(message with { Error = null });
                break;
            case IEnumerable many and not string:
                foreach (var one in many)
                    Record(one);
                break;
        }
    }

    private static MethodInfo Items { get; } = typeof(AnswerUse)
        .GetMethod(nameof(ItemsAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task ItemsAsync<T>(IAsyncEnumerable<T> items)
    {
        var left = Enough;
        await foreach (var item in items)
        {
            Record(item);
            if (--left == 0)
                return;
        }
    }

    private static Type? Streamed(Type type) => type.GetInterfaces()
        .FirstOrDefault(implemented =>
            implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
        ?.GetGenericArguments()[0];

    private static readonly Lazy<BuildRequest> Built = new(() =>
    {
        var project = LoadedFiles.Load("services: {a: {image: x, build: {dockerfile_inline: FROM x}}}").Project!;
        return new BuildRequest { Project = project, Service = project.Services["a"], Image = "x" };
    });

    private sealed class NullSink : IEventSink
    {
        public void Emit(ComposeEvent composeEvent) => _ = composeEvent.ToString();

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) => default;
    }
}
