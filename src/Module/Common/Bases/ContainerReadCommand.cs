using System.Management.Automation;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.State.Choosing;

namespace Compose.Module.Common;

/// <summary>
/// The base of cmdlets that read from containers. They collect piped objects and read in EndProcessing, from all engines and
/// projects at once, so that streams do not wait for each other.
/// </summary>
public abstract class ContainerReadCommand : ProjectCommand
{
    private readonly TargetList _targets = new();

    /// <summary>The services to read from; wildcards are allowed; without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual string[]? Service { get; set; }

    /// <summary>Single containers to read from, by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Container { get; set; }

    /// <summary>The projects, by name; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Project")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? ProjectName { get; set; }

    /// <summary>
    /// An object of this module whose EngineHost, ProjectName, Service and Container say what to read from; of a volume or
    /// network, the services that use it.
    /// </summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    private protected override bool TakesProjects => true;

    private protected override bool TakesFilesWithInput => true;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        InputBinding.ForEach(this, () => AddTarget(_targets, InputObject, Service, Container));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var reads = new List<(ProjectSession Session, ContainerChoice Choice)>();
        foreach (var engine in _targets.ByEngine())
        {
            foreach (var session in Sessions(engine.Key))
                reads.AddRange(Projects(session, engine).Select(target => (session, Complete(Choice(target)))));
        }

        if (reads.Count == 0)
            return;
        Run(async (sink, cancellationToken) =>
        {
            if (IsStream)
                await Task.WhenAll(reads.Select(read => ReadOneAsync(read, sink, cancellationToken))).ConfigureAwait(false);
            else
                await InOrderAsync(reads, sink, cancellationToken).ConfigureAwait(false);
            return reads;
        });
    }

    /// <summary>Whether to write objects as they arrive, from all projects mixed; otherwise project by project.</summary>
    private protected virtual bool IsStream => false;

    /// <summary>Adds the derived cmdlet's own parameters to the choice.</summary>
    private protected virtual ContainerChoice Complete(ContainerChoice choice) => choice;

    /// <summary>Reads one project.</summary>
    private protected abstract Task ReadAsync(
        ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken);

    private static ContainerChoice Choice(TargetList.Target target) => new()
    {
        ProjectName = target.ProjectName, Services = target.Services, Containers = target.Containers,
        Known = [.. target.Project?.Services.Keys ?? []], FromFiles = target.Project is not null,
    };

    /// <summary>Reads all projects at once, but writes the objects in the order of the projects.</summary>
    private async Task InOrderAsync(
        List<(ProjectSession Session, ContainerChoice Choice)> reads, IEventSink sink, CancellationToken cancellationToken)
    {
        var buffers = reads.ConvertAll(_ => new BufferedSink(sink));
        var running = reads.Select((read, index) => ReadOneAsync(read, buffers[index], cancellationToken));
        await Task.WhenAll(running).ConfigureAwait(false);
        buffers.ForEach(one => one.Release());
    }

    /// <summary>Reads a project. A failure is written as one error, and the other projects continue.</summary>
    private async Task ReadOneAsync(
        (ProjectSession Session, ContainerChoice Choice) read, IEventSink sink, CancellationToken cancellationToken)
    {
        var choice = read.Choice with { OnError = error => sink.Emit(new ErrorEvent(error)) };
        try
        {
            await ReadAsync(read.Session, choice, sink, cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            sink.Emit(new ErrorEvent(exception.Info));
        }
    }
}
