using System.Management.Automation;
using Compose.Execute.Operations;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Module.Terminal;
using Compose.Streams;
using Compose.Streams.Exec;
using Compose.Streams.Terminal;

namespace Compose.Module.Commands;

/// <summary>
/// Attaches to the main process of a container that runs. One with a terminal gets this console, until the detach keys leave it;
/// of any other each line comes back as it is written, and text that is piped goes in. An exit code other than 0 is an error.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "ComposeService")]
[OutputType(typeof(ComposeLogEntry), typeof(ComposeCommandResult))]
public sealed class ConnectComposeServiceCommand : ReplicaCommand
{
    private readonly PipedInput _input = new();

    /// <summary>Watches only: nothing typed goes to the container.</summary>
    [Parameter]
    public SwitchParameter NoStdin { get; set; }

    /// <summary>The keys that leave the container running, spelled as docker spells them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DetachKey { get; set; } = DetachKeys.Default;

    /// <summary>Does not pass Ctrl+C on: it leaves the container running then.</summary>
    [Parameter]
    public SwitchParameter NoSignalProxy { get; set; }

    /// <summary>Returns how the container ended, after a session at this console.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What the container reads, or an object of this module that says which it is.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, TakeInput);

    private void TakeInput()
    {
        if (TakesInput && _input.TakesTarget(InputObject))
            Attach(null);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_input.IsWhole(this) || _input.HasTargets || Service is null)
            return;
        // Piped objects are the command's input, so COMPOSE_PROJECT_NAME applies.
        TakeNameFromEnvironment();
        Attach(TakesInput && !NoStdin ? _input.Read() : null);
    }

    private void Attach(StandardInput? input)
    {
        if (TryRun(() => DetachKeys.Parse(DetachKey)) is not { } keys
            || Choice() is not { } choice
            || Session(EngineHost) is not { } session
            || TryRun((_, cancellationToken) => session.Attach.FindAsync(choice, cancellationToken)) is not { } target)
            return;
        if (target is { Tty: true, ReadsInput: true } && input is null && !NoStdin && ConsoleTerminal.IsAvailable)
        {
            if (TryRun(() => ConsoleTerminal.Open(Host)) is { } console && Interact(session, target, console, keys) is { } result)
                WriteEnd(session, target, result);
            return;
        }

        Follow(session, target, input);
    }

    private ComposeCommandResult? Interact(ProjectSession session, AttachTarget target, ITerminal console, DetachKeys keys) =>
        AtConsole(console, cancellationToken => session.Attach.InteractAsync(target, console, keys, cancellationToken));

    /// <summary>
    /// Writes the result with -PassThru, otherwise the line with the exit code; nothing if the container was left running.
    /// </summary>
    private void WriteEnd(ProjectSession session, AttachTarget target, ComposeCommandResult result)
    {
        CommandResults.SetExitCode(this, result);
        if (PassThru)
            WriteObject(result);
        else if (result.ExitCode is { } code)
            WriteObject(ComposeLogEntry.Exit(target.Container, code, session.Now));
    }

    private void Follow(ProjectSession session, AttachTarget target, StandardInput? input)
    {
        try
        {
            if (TryRun((sink, cancellationToken) =>
                session.Attach.FollowAsync(target, input, sink, cancellationToken)) is { } result)
                CommandResults.Write(this, result, streamed: true);
        }
        finally
        {
            // Only Ctrl+C is passed on as a signal, not the end of a pipeline that has enough lines.
            if (Stopping && !NoSignalProxy)
                LastWord(session.Attach.SignalLater(target.Container, "SIGINT"));
        }
    }
}
