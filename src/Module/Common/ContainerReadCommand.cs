using System.Management.Automation;
using Compose.Errors;
using Compose.Events;
using Compose.Execute;
using Compose.Model;
using Compose.Module.Completion;
using Compose.State;

namespace Compose.Module.Common;

/// <summary>
/// A cmdlet that reads from the containers of services. It collects what is piped and reads at the end, every engine and project
/// at once, so that what streams does not wait for one another.
/// </summary>
public abstract class ContainerReadCommand : ProjectCommand
{
    private readonly List<Target> _targets = [];

    /// <summary>The services to read from; wildcards are allowed; without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    public string[]? Service { get; set; }

    /// <summary>Single containers to read from, by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[]? Container { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var project = HasFiles ? LoadProject(request => request with { Consistency = false }) : null;
        if ((HasFiles ? project?.Name : ProjectName) is { } name)
            _targets.Add(new Target(EngineHost, name, project, Service ?? [], Container ?? []));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var reads = new List<(ProjectSession Session, ContainerChoice Choice)>();
        foreach (var group in _targets.GroupBy(target => (target.EngineHost, target.ProjectName)))
        {
            reads.AddRange(Sessions(group.Key.EngineHost).Select(session => (session, Complete(Choice(group.Key.ProjectName, [.. group])))));
        }

        if (reads.Count == 0)
            return;
        Run(async (sink, cancellationToken) =>
        {
            await Task.WhenAll(reads.Select(read => ToldAsync(ReadAsync(read.Session, read.Choice, sink, cancellationToken), sink))).ConfigureAwait(false);
            return reads;
        });
    }

    /// <summary>The choice with what this cmdlet's own parameters say.</summary>
    private protected virtual ContainerChoice Complete(ContainerChoice choice) => choice;

    /// <summary>Reads one project.</summary>
    private protected abstract Task ReadAsync(ProjectSession session, ContainerChoice choice, IEventSink sink, CancellationToken cancellationToken);

    private static ContainerChoice Choice(string projectName, IReadOnlyList<Target> targets)
    {
        // One record that names neither service nor container means the whole project.
        var all = targets.Any(target => target.Services.Count == 0 && target.Containers.Count == 0);
        return new ContainerChoice
        {
            ProjectName = projectName,
            Services = all ? [] : [.. targets.Where(target => target.Containers.Count == 0).SelectMany(target => target.Services).Distinct()],
            Containers = all ? [] : [.. targets.SelectMany(target => target.Containers).Distinct()],
            Known = [.. targets.SelectMany(target => target.Project?.Services.Keys ?? [])],
        };
    }

    /// <summary>A project that cannot be read is one error; the others go on.</summary>
    private static async Task ToldAsync(Task reading, IEventSink sink)
    {
        try
        {
            await reading.ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            sink.Emit(new ErrorEvent(exception.Info));
        }
    }

    private sealed record Target(string? EngineHost, string ProjectName, ComposeProject? Project, IReadOnlyList<string> Services, IReadOnlyList<string> Containers);
}
