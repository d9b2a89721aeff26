using System.Management.Automation;
using Compose.Execute.Operations;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Streams;
using Compose.Streams.Exec;

namespace Compose.Module.Commands;

/// <summary>
/// Runs a command in a container of a service and returns its exit code and output. Text and bytes that are piped are its
/// standard input; containers and services that are piped each run it.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "ComposeExec", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeCommandResult), typeof(ComposeLogEntry))]
public sealed class InvokeComposeExecCommand : ExecCommand
{
    private readonly PipedInput _input = new();

    /// <summary>The command and its arguments. Write -- before a command whose arguments begin with a dash.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromRemainingArguments = true)]
    [Alias("Args")]
    public string[]? Command { get; set; }

    /// <summary>Gives the command a terminal; its standard error then comes with its standard output.</summary>
    [Parameter]
    public SwitchParameter Tty { get; set; }

    /// <summary>Gives the command no terminal, which is the default; for scripts that say so all the same.</summary>
    [Parameter]
    [Alias("T")]
    public SwitchParameter NoTty { get; set; }

    /// <summary>Starts the command and returns at once; it goes on running.</summary>
    [Parameter]
    [Alias("d")]
    public SwitchParameter Detach { get; set; }

    /// <summary>Returns each line as it is written instead of one result; an exit code other than 0 is an error then.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>Makes an exit code other than 0 an error.</summary>
    [Parameter]
    public SwitchParameter FailOnExitCode { get; set; }

    /// <summary>Writes standard output to this file, byte by byte as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>What the command reads, or an object of this module that says where it runs.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, TakeInput);

    private void TakeInput()
    {
        if (TakesInput && _input.TakesTarget(InputObject))
            Exec(null);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_input.IsWhole(this) || _input.HasTargets || Service is null)
            return;
        // Piped objects are the command's input, so COMPOSE_PROJECT_NAME applies.
        TakeNameFromEnvironment();
        Exec(TakesInput ? _input.Read() : null);
    }

    private void Exec(StandardInput? input)
    {
        if (Contradicts(NoTty && Tty ? "-NoTty and -Tty contradict each other." : null))
            return;
        if (Choice() is not { } choice
            || Session(EngineHost) is not { } session
            || !ShouldProcess($"{choice.ProjectName} {choice.Service}", string.Join(" ", Command!)))
            return;
        var request = Request(Command!) with { Tty = Tty, Detach = Detach, Input = input };
        if (CommandResults.Open(this, OutFile is null ? null : ResolveLiteral(OutFile)) is not { } file)
            return;
        using (file)
        {
            var capture = new OutputCapture { Lines = Stream, File = file.Stream };
            if (TryRun((sink, cancellationToken) =>
                session.Exec.RunAsync(choice, request, capture, sink, cancellationToken)) is { } result)
                CommandResults.Write(this, result, Stream, FailOnExitCode);
        }
    }
}
