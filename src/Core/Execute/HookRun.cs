using System.Text;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Plan;

namespace Compose.Execute;

/// <summary>Runs a post_start or pre_stop command inside a container.</summary>
internal static class HookRun
{
    private const int Tail = 2048;

    public static async Task RunAsync(EngineClient engine, RunHook hook, string container, CancellationToken cancellationToken)
    {
        var definition = hook.Definition;
        var exec = await engine.Containers.CreateExecAsync(container,
            new ExecCreateRequest
            {
                Cmd = definition.Command,
                Env = [.. definition.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}")],
                User = definition.User,
                WorkingDir = definition.WorkingDir,
                Privileged = definition.Privileged,
                AttachStdout = true,
                AttachStderr = true,
                Tty = true,
            }, cancellationToken).ConfigureAwait(false);
        var output = await ReadAsync(engine, exec, cancellationToken).ConfigureAwait(false);
        var ended = await engine.Containers.InspectExecAsync(exec, cancellationToken).ConfigureAwait(false);
        if (ended.ExitCode is { } code and not 0)
            throw ExecuteErrors.HookFailed.Exception($"{hook.Hook} hook of service {hook.Service} ended with {code} in {hook.Container}: {output}", hook.Container);
    }

    private static async Task<string> ReadAsync(EngineClient engine, string exec, CancellationToken cancellationToken)
    {
        using var connection = await engine.Containers.StartExecAsync(exec, true, cancellationToken).ConfigureAwait(false);
        using var memory = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await connection.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
            memory.Write(buffer, 0, read);
        var text = Encoding.UTF8.GetString(memory.ToArray()).Trim();
        return text.Length > Tail ? text.Substring(text.Length - Tail) : text;
    }
}
