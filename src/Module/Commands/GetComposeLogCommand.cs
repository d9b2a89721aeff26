using System.Management.Automation;
using Compose.Module.Common;
using Compose.Module.Completion;
using Compose.Streams;

namespace Compose.Module.Commands;

/// <summary>Returns the log lines of a project's containers as objects, merged by time.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeLog")]
[OutputType(typeof(ComposeLogEntry))]
public sealed class GetComposeLogCommand : ProjectCommand
{
    /// <summary>The services whose logs to read; without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Single containers whose logs to read, by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[]? Container { get; set; }

    /// <summary>The last lines of each container only.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Lines from this time on.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <summary>Lines before this time.</summary>
    [Parameter]
    public DateTime? Until { get; set; }

    /// <summary>Stays for what is written later; containers that are created meanwhile join.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var name = HasFiles ? LoadProject(request => request with { Consistency = false })?.Name : ProjectName;
        if (name is null || Sessions(EngineHost) is not { Count: > 0 } sessions)
            return;
        var request = new LogRequest
        {
            ProjectName = name,
            Services = Service ?? [],
            Containers = Container ?? [],
            Tail = Tail,
            Since = Since?.ToUniversalTime(),
            Until = Until?.ToUniversalTime(),
            Follow = Follow,
        };
        TryRun(async (sink, cancellationToken) =>
        {
            await Task.WhenAll(sessions.Select(session => session.ReadLogsAsync(request, sink, cancellationToken))).ConfigureAwait(false);
            return request;
        });
    }
}
