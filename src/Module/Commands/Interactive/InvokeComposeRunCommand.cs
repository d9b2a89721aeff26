using System.Collections;
using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Attached;
using Compose.Execute.Operations;
using Compose.Images.Registry;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Common.Pipeline;
using Compose.Module.Terminal;
using Compose.Plan.Input;
using Compose.Streams;
using Compose.Streams.Terminal;

namespace Compose.Module.Commands;

/// <summary>
/// Runs a command in a new container of a service, after what the service depends on, and returns its exit code and output.
/// Text and bytes that are piped are its standard input. Stopping the pipeline stops the container.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "ComposeRun", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeCommandResult), typeof(ComposeLogEntry))]
public sealed class InvokeComposeRunCommand : OneOffCommand
{
    private readonly PipedInput _input = new();

    /// <summary>Leaves out what the service depends on.</summary>
    [Parameter]
    [Alias("NoDeps")]
    public SwitchParameter NoDependency { get; set; }

    /// <summary>Starts the command and returns at once; it goes on running.</summary>
    [Parameter]
    [Alias("d")]
    public SwitchParameter Detach { get; set; }

    /// <summary>Gives the command a terminal; its standard error then comes with its standard output.</summary>
    [Parameter]
    public SwitchParameter Tty { get; set; }

    /// <summary>Gives the command no terminal, which is the default; for scripts that say so all the same.</summary>
    [Parameter]
    [Alias("T")]
    public SwitchParameter NoTty { get; set; }

    /// <summary>Runs the command in a terminal at this console: every key goes to it, Ctrl+C too.</summary>
    [Parameter]
    [Alias("i")]
    public SwitchParameter Interactive { get; set; }

    /// <summary>The keys that leave an interactive command running, spelled as docker spells them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DetachKey { get; set; } = DetachKeys.Default;

    /// <summary>Builds the image even when it exists.</summary>
    [Parameter]
    public SwitchParameter Build { get; set; }

    /// <summary>When to pull, over every service's own policy.</summary>
    [Parameter]
    [ValidateSet("Always", "Missing", "Never")]
    public string? Pull { get; set; }

    /// <summary>Does not show how far pulls have come.</summary>
    [Parameter]
    public SwitchParameter QuietPull { get; set; }

    /// <summary>Removes containers of services the files no longer have.</summary>
    [Parameter]
    [Alias("RemoveOrphans")]
    public SwitchParameter RemoveOrphan { get; set; }

    /// <summary>
    /// The version of docker compose a new project is shared with, as 'docker compose version --short' prints it: 2.40.3.
    /// Without it COMPOSE_SHARED_VERSION says it, else it is the newest known. A project that exists keeps its own.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ComposeVersion { get; set; }

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

    /// <summary>Logins by registry, before those docker knows: @{ 'registry.example' = $credential }.</summary>
    [Parameter]
    [RegistryLogins]
    public Hashtable? RegistryCredential { get; set; }

    /// <summary>What the command reads.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    private protected override IReadOnlyDictionary<string, RegistryLogin> RegistryLogins =>
        RegistryLoginsAttribute.Read(RegistryCredential);

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, TakeInput);

    private void TakeInput()
    {
        if (TakesInput && InputObject is not null)
            _input.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_input.IsWhole(this) || Contradicts(Conflict()) || TryRun(() => DetachKeys.Parse(DetachKey)) is not { } keys)
            return;
        if (LoadProject(request => request with { Services = [Service!], NoDependencies = NoDependency }) is not { } project
            || !Names(project) || Overrides(project) is not { } overrides || Session(EngineHost) is not { } session)
            return;
        var oneOff = OneOff(overrides, Tty || Interactive, KeepsInputOpen);
        var run = new OneOffRun(session, project, oneOff, UpOptions(), Detach, keys);
        try
        {
            if (IsWhatIf)
                Preview(session, run.Project, run.Options);
            else if (Interactive)
                Interact(run, keys);
            else
                Capture(run);
        }
        finally
        {
            run.Dispose();
            if (Stopping)
                LastWord(run.Abandoning);
        }
    }

    private UpOptions UpOptions() => new()
    {
        Build = Build,
        Pull = Pull?.ToLowerInvariant(),
        NoDependencies = NoDependency,
        RemoveOrphans = RemoveOrphan,
        Release = ComposeVersion,
    };

    /// <summary>Whether standard input stays open: also with -Detach, to attach later, unless -Interactive:$false.</summary>
    private bool KeepsInputOpen => TakesInput || Interactive || (Detach && !SaysInteractive);

    private bool SaysInteractive => MyInvocation.BoundParameters.ContainsKey(nameof(Interactive));

    /// <summary>Whether the command's input or output is not the console.</summary>
    private bool IsRedirected => Detach || Stream || OutFile is not null || TakesInput;

    private void Capture(OneOffRun run)
    {
        if (CommandResults.Open(this, OutFile is null ? null : ResolveLiteral(OutFile)) is not { } file)
            return;
        using (file)
        {
            CarryOut(run);
            if (!run.IsStarted)
                return;
            var capture = new OutputCapture { Lines = Stream, File = file.Stream };
            var input = TakesInput ? _input.Read() : null;
            if (TryRun((sink, cancellationToken) => run.ResultAsync(input, capture, sink, cancellationToken)) is { } result)
                CommandResults.Write(this, result, Stream, FailOnExitCode);
        }
    }

    private void Interact(OneOffRun run, DetachKeys keys)
    {
        if (!ConsoleTerminal.IsAvailable)
        {
            WriteError(
                ErrorRecords.From(
                    StreamErrors.NoTerminal.Info("There is no terminal: the console's input or output is redirected.")));
            return;
        }

        CarryOut(run);
        if (run.IsStarted && TryRun(() => ConsoleTerminal.Open(Host)) is { } console
            && AtConsole(console, cancellationToken => run.ResultAsync(console, keys, cancellationToken)) is { } result)
            CommandResults.Write(this, result, streamed: false, FailOnExitCode);
    }

    private void CarryOut(OneOffRun run) => CarryOut(
        run.Up,
        (stage, options, sink, cancellationToken) => run.Up.ExecuteAsync(
            stage, options with { BeforeOneOff = run.BeforeStartAsync }, QuietPull ? FilteredSink.WithoutPulls(sink) : sink,
            cancellationToken));

    private string? Conflict() =>
        ServicePort && Publish is not null ? "-ServicePort and -Publish contradict each other."
        : NoTty && (Tty || Interactive) ? "-NoTty contradicts -Tty and -Interactive."
        : Interactive && IsRedirected ? "-Interactive contradicts -Detach, -Stream, -OutFile and piped input."
        : null;
}
