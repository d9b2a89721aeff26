using System.Collections;
using System.Management.Automation;
using Compose.Module.Common;
using Compose.Module.Terminal;
using Compose.Streams;

namespace Compose.Module.Commands;

/// <summary>
/// Opens a shell, or another command, in a container of a service at this console. Every key goes there, Ctrl+C too;
/// the detach keys leave it running.
/// </summary>
[Cmdlet(VerbsCommon.Enter, "ComposeService")]
[OutputType(typeof(ComposeCommandResult))]
public sealed class EnterComposeServiceCommand : ReplicaCommand
{
    /// <summary>The command instead of a shell. Write -- before a command whose arguments begin with a dash.</summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [Alias("Args")]
    public string[]? Command { get; set; }

    /// <summary>Variables of the command: @{ NAME = 'value' }, or NAME=value; a name alone takes this shell's value.</summary>
    [Parameter]
    [Variables]
    public Hashtable? Environment { get; set; }

    /// <summary>Who runs it: a name or number, with :group if need be.</summary>
    [Parameter]
    public string? User { get; set; }

    /// <summary>The directory it starts in.</summary>
    [Parameter]
    public string? WorkingDirectory { get; set; }

    /// <summary>Gives it all rights on the host's kernel.</summary>
    [Parameter]
    public SwitchParameter Privileged { get; set; }

    /// <summary>The keys that leave it running, spelled as docker spells them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DetachKey { get; set; } = DetachKeys.Default;

    /// <summary>Returns how the command ended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryRun((_, _) => Task.FromResult(DetachKeys.Parse(DetachKey))) is not { } keys || Choice() is not { } choice || Session(EngineHost) is not { } session
            || TryRun((_, _) => Task.FromResult(ConsoleTerminal.Open(Host))) is not { } console)
            return;
        var request = new ExecRequest
        {
            Command = Command ?? session.Shell,
            Environment = VariablesAttribute.Environment(Environment),
            User = User,
            WorkingDirectory = WorkingDirectory,
            Privileged = Privileged,
            Tty = true,
        };
        if (AtConsole(console, cancellationToken => session.EnterAsync(choice, request, console, keys, cancellationToken)) is { } result && PassThru)
            WriteObject(result);
    }
}
