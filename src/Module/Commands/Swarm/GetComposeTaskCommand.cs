using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.Swarm;
using Compose.Swarm.Operations;

namespace Compose.Module.Commands;

/// <summary>Lists the tasks of a stack: what should run, what does, where, and why it does not.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeTask")]
[OutputType(typeof(ComposeTask))]
public sealed class GetComposeTaskCommand : StackCommand
{
    /// <summary>The tasks to list, by name, with or without the stack's before it, or by id; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Task { get; set; }

    /// <summary>The services whose tasks to list; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Lists tasks on these nodes only, by host name or id; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Node { get; set; }

    /// <summary>
    /// Lists tasks that have ended and were replaced, too. Without it only the newest of each replica is listed.
    /// </summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>An object of this module whose EngineHost, Stack or ProjectName, and Service say what to list.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, List);

    private void List()
    {
        if (IsUnidentified(InputObject) || StackTexts() is not { } texts)
            return;
        foreach (var session in Sessions(EngineHost))
        {
            foreach (var stack in Stacks(session, texts))
                Write(session, stack);
        }
    }

    private void Write(ProjectSession session, string stack)
    {
        if (TryRun((_, cancellationToken) => new StackOperations(session).TasksAsync(stack, cancellationToken)) is not { } tasks)
            return;
        var services = new NameFilter(Service, name =>
            StackErrors.ServiceNotFound.Info($"Stack '{stack}' has no task of service '{name}'.", name));
        var named = new NameFilter(Task, name => StackErrors.TaskNotFound.Info($"Stack '{stack}' has no task '{name}'.", name));
        var nodes = new NameFilter(Node, name =>
            StackErrors.NodeNotFound.Info($"No task of stack '{stack}' is on node '{name}'.", name));
        IReadOnlyList<ComposeTask> kept = [.. services.Keep(tasks, task => [task.Service], Write)];
        kept = [.. named.Keep(kept, task => [task.Task, ShortName(task), task.Id], Write)];
        kept = [.. nodes.Keep(kept, task => [task.Node, task.NodeId], Write)];
        WriteObject(All || Task is not null ? kept : Newest(kept), enumerateCollection: true);
    }

    /// <summary>The task's name without the stack's before it: <c>web.1</c>.</summary>
    private static string ShortName(ComposeTask task) => task.Task.Substring(
        task.Task.StartsWith(task.Stack + "_", StringComparison.Ordinal) ? task.Stack.Length + 1 : 0);

    private void Write(ErrorInfo error) => WriteError(ErrorRecords.From(error));

    /// <summary>The newest task of each replica; during an update the one that ends and the one that comes.</summary>
    private static IEnumerable<ComposeTask> Newest(IReadOnlyList<ComposeTask> tasks) =>
        tasks.GroupBy(task => task.Task)
            .SelectMany(replica => replica.Where((task, index) => index == 0 || task.State == "Running"));
}
