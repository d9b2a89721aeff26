using Compose.Engine.Api;
using Compose.Errors;
using Compose.Model;
using Compose.Plan;
using Compose.Streams;

namespace Compose.Execute;

/// <summary>Runs a post_start or pre_stop command inside a container.</summary>
internal static class HookRun
{
    private const int Tail = 2048;

    public static async Task RunAsync(EngineClient engine, RunHook hook, string container, CancellationToken cancellationToken)
    {
        var request = Request(hook.Definition) with { Tty = true };
        var output = new CommandOutput.Kept();
        var end = await ExecRun.RunAsync(engine, container, hook.Container, request, output, cancellationToken).ConfigureAwait(false);
        if (end?.ExitCode is { } code and not 0)
            throw ExecuteErrors.HookFailed.Exception($"{hook.Hook} hook of service {hook.Service} ended with {code} in {hook.Container}: {LastOf(output.StandardOutput.Trim())}", hook.Container);
    }

    /// <summary>A hook's command, as it is run in a container.</summary>
    public static ExecRequest Request(HookDefinition definition) => new()
    {
        Command = definition.Command,
        Environment = [.. definition.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}")],
        User = definition.User,
        WorkingDirectory = definition.WorkingDir,
        Privileged = definition.Privileged,
    };

    private static string LastOf(string text) => text.Length > Tail ? text.Substring(text.Length - Tail) : text;
}
