using Compose.Engine.Api;
using Compose.Errors;
using Compose.Model;
using Compose.Plan;
using Compose.Streams.Exec;

namespace Compose.Execute.Running;

/// <summary>Runs a post_start or pre_stop command inside a container.</summary>
internal static class HookRun
{
    private const int Tail = 2048;

    /// <param name="engine">The engine.</param>
    /// <param name="hook">The step.</param>
    /// <param name="container">The container's id.</param>
    /// <param name="shown">Receives the hook's output as it arrives; null if it is not shown.</param>
    /// <param name="cancellationToken">Stops waiting for the hook.</param>
    public static async Task RunAsync(
        EngineClient engine,
        RunHook hook,
        string container,
        CommandOutput? shown,
        CancellationToken cancellationToken)
    {
        var request = Request(hook.Definition) with { Tty = true };
        var output = new CommandOutput.Kept(shown);
        var end = await ExecRun.RunAsync(engine, container, hook.Container, request, output, cancellationToken)
            .ConfigureAwait(false);
        if (end?.ExitCode is { } code and not 0)
        {
            var name = Name(hook.Service, hook.Hook, hook.Number, hook.Definition);
            var said = LastOf(output.StandardOutput.Trim());
            throw ExecuteErrors.HookFailed.Exception($"{name} ended with {code} in {hook.Container}: {said}", hook.Container);
        }
    }

    /// <summary>The exec request for a hook's command.</summary>
    public static ExecRequest Request(HookDefinition definition) => new()
    {
        Command = definition.Command,
        Environment = [
            .. definition.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}")],
        User = definition.User,
        WorkingDirectory = definition.WorkingDir,
        Privileged = definition.Privileged,
    };

    /// <summary>
    /// A hook's name in errors: <c>pre_stop[1] of service web (drain)</c>. Arguments may contain secrets, so only the program is
    /// named.
    /// </summary>
    public static string Name(string service, string hook, int number, HookDefinition definition) =>
        FormattableString.Invariant($"{hook}[{number}] of service {service} ({definition.Command.FirstOrDefault()})");

    private static string LastOf(string text) => text.Length > Tail ? text.Substring(text.Length - Tail) : text;
}
