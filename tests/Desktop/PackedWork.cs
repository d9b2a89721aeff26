using Compose.Engine.Api;
using Compose.Engine.Endpoint;
using Compose.Engine.Transport.Sockets;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Tests.Desktop;

/// <summary>Does what Invoke-ComposeUp and Remove-ComposeProject do, with the core of the packed module.</summary>
internal static class PackedWork
{
    /// <summary>The names of an engine's volumes.</summary>
    public static async Task<string> VolumesAsync(string engineHost)
    {
        using var engine = await EngineClient.ConnectAsync(new EngineEndpoint(new Uri(engineHost)), default)
            .ConfigureAwait(false);
        return string.Join(
            " ", (await engine.Volumes.ListAsync(null, default).ConfigureAwait(false)).Select(volume => volume.Name));
    }

    /// <summary>Runs up for the project of a folder, observes it, and removes it. Returns what it observed.</summary>
    public static async Task<string> ConvergeAsync(string folder, string name, string engineHost)
    {
        var none = new Dictionary<string, string>();
        var loaded = ProjectLoader.Load(new LoadRequest { WorkingDirectory = folder, Environment = none, ProjectName = name });
        if (loaded.Project is not { } project)
            return string.Join("; ", loaded.Diagnostics);
        using var session = await ProjectSession.ConnectAsync(
            new SessionRequest { EngineHost = engineHost, Environment = none, HomeDirectory = folder },
            default).ConfigureAwait(false);
        try
        {
            var run = new UpRun(session, project, new UpOptions());
            while (await run.NextAsync(Answers.None, default).ConfigureAwait(false) is { } plan)
                await run.ExecuteAsync(plan, new ExecuteOptions(), new Silence(), default).ConfigureAwait(false);
            var failed = string.Join("; ", run.Report!.Failed.Select(action => $"{action}: {action.Error?.Message}"));
            var containers = await session.Containers.ListAsync(new ContainerQuery { ProjectName = name, All = true }, default)
                .ConfigureAwait(false);
            var again = await session.Plans.UpAsync(project, new UpOptions(), Answers.None, default).ConfigureAwait(false);
            return $"{failed}{string.Join(" ", containers.Select(container => $"{container.Service} {container.State}"))}, again "
                + $"{again.Actions.Count}";
        }
        finally
        {
            var down = await session.Plans.DownAsync(
                new DownRequest { ProjectName = name, Volumes = true, Timeout = TimeSpan.Zero }, default).ConfigureAwait(false);
            await session.ExecuteAsync(down, new ExecuteOptions(), new Silence(), default).ConfigureAwait(false);
        }
    }

    private sealed class Silence : IEventSink
    {
        public void Emit(ComposeEvent composeEvent)
        {
        }

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) => default;
    }
}
