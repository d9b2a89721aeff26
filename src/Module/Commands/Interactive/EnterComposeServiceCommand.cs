using System.Management.Automation;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Terminal;
using Compose.Streams;
using Compose.Streams.Terminal;

namespace Compose.Module.Commands;

/// <summary>
/// Opens a shell, or another command, in a container of a service at this console. Every key goes there, Ctrl+C too;
/// the detach keys leave it running.
/// </summary>
[Cmdlet(VerbsCommon.Enter, "ComposeService")]
[OutputType(typeof(ComposeCommandResult))]
public sealed class EnterComposeServiceCommand : ExecCommand
{
    /// <summary>The command instead of a shell. Write -- before a command whose arguments begin with a dash.</summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [Alias("Args")]
    public string[]? Command { get; set; }

    /// <summary>The keys that leave the program running, spelled as docker spells them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DetachKey { get; set; } = DetachKeys.Default;

    /// <summary>Returns how the command ended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryRun(() => DetachKeys.Parse(DetachKey)) is not { } keys
            || Choice() is not { } choice
            || Session(EngineHost) is not { } session
            || TryRun(() => ConsoleTerminal.Open(Host)) is not { } console)
            return;
        var request = Request(Command ?? session.Exec.Shell) with { Tty = true };
        var result = AtConsole(console, token => session.Exec.EnterAsync(choice, request, console, keys, token));
        if (result is null)
            return;
        CommandResults.SetExitCode(this, result);
        if (PassThru)
            WriteObject(result);
    }
}
