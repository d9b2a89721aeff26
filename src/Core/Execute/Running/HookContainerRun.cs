using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Waiting;
using Compose.Plan;
using Compose.Plan.Requests;
using Compose.State.Reading;
using Compose.Streams.Exec;
using Compose.Streams.Frames;

namespace Compose.Execute.Running;

/// <summary>
/// Runs a pre_start hook in its own container. The container of a failed hook is kept for inspection; the next up or down removes
/// it.
/// </summary>
internal static class HookContainerRun
{
    public static async Task RunAsync(
        EngineClient engine,
        RunHookContainer hook,
        BindingResults results,
        CommandOutput? shown,
        IEventSink sink,
        CancellationToken cancellationToken)
    {
        var created = await engine.Containers.CreateAsync(
            null, hook.Source.Service.Platform, HookRequest.Bind(hook, results), cancellationToken).ConfigureAwait(false);
        int code;
        try
        {
            foreach (var (network, endpoint) in RequestBinder.Later(hook.Source with { Links = [] }))
                await engine.Networks.ConnectAsync(network, created.Id, endpoint, cancellationToken).ConfigureAwait(false);
            var end = await engine.Containers.WaitAsync(created.Id, "next-exit", cancellationToken).ConfigureAwait(false);
            using var connection = shown is null
                ? null
                : await engine.Containers.AttachAsync(created.Id, false, null, cancellationToken).ConfigureAwait(false);
            await engine.Containers.StartAsync(created.Id, cancellationToken).ConfigureAwait(false);
            if (connection is not null)
                await StreamCopy.RunAsync(connection, false, hook.Service, null, shown!, cancellationToken).ConfigureAwait(false);
            code = (await end.ConfigureAwait(false)).StatusCode;
        }
        catch (Exception exception) when (exception is ComposeException or OperationCanceledException)
        {
            await RemoveAsync(engine, created.Id).ConfigureAwait(false);
            throw;
        }

        if (code == 0)
        {
            await RemoveAsync(engine, created.Id).ConfigureAwait(false);
            return;
        }

        var lines = await LastLogLines.OfAsync(engine, created.Id, sink, cancellationToken).ConfigureAwait(false);
        var said = lines.Count == 0 ? "" : $"; its last output:\n  {string.Join("\n  ", lines)}";
        var name = HookRun.Name(hook.Service, hook.Hook, hook.Number, hook.Definition);
        throw ExecuteErrors.HookFailed.Exception(
            $"{name} ended with {code} in container {ContainerMapping.ShortId(created.Id)}, which is kept{said}", hook.Service);
    }

    private static Task RemoveAsync(EngineClient engine, string id) =>
        engine.Containers.RemoveAsync(id, volumes: true, CancellationToken.None);
}
