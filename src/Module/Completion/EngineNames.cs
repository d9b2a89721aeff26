using Compose.Execute.Session;
using Compose.Swarm.Operations;

namespace Compose.Module.Completion;

/// <summary>Completes names from the engine.</summary>
internal abstract class EngineNameCompleter : NameCompleter
{
    private protected sealed override async Task<IEnumerable<string>> NamesAsync(
        CompletionScope scope, CancellationToken cancellationToken)
    {
        using var session = await scope.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await NamesAsync(session, scope, cancellationToken).ConfigureAwait(false);
    }

    private protected abstract Task<IEnumerable<string>> NamesAsync(
        ProjectSession session, CompletionScope scope, CancellationToken cancellationToken);
}

/// <summary>Completes the projects with containers on the engine, running or not.</summary>
internal sealed class ProjectCompleter : EngineNameCompleter
{
    private protected override async Task<IEnumerable<string>> NamesAsync(
        ProjectSession session, CompletionScope scope, CancellationToken cancellationToken) =>
        (await session.Projects.ListAsync(all: true, cancellationToken).ConfigureAwait(false))
            .Select(project => project.ProjectName);
}

/// <summary>Completes the containers of the project, or of all projects if it is unknown.</summary>
internal sealed class ContainerCompleter : EngineNameCompleter
{
    private protected override async Task<IEnumerable<string>> NamesAsync(
        ProjectSession session, CompletionScope scope, CancellationToken cancellationToken)
    {
        var query = new ContainerQuery { ProjectName = scope.ProjectName, All = true };
        return (await session.Containers.ListAsync(query, cancellationToken).ConfigureAwait(false))
            .Select(container => container.Container);
    }
}

/// <summary>Completes the stacks of the swarm.</summary>
internal sealed class StackCompleter : EngineNameCompleter
{
    private protected override async Task<IEnumerable<string>> NamesAsync(
        ProjectSession session, CompletionScope scope, CancellationToken cancellationToken) =>
        (await new StackOperations(session).ListAsync(cancellationToken).ConfigureAwait(false)).Select(stack => stack.Stack);
}

/// <summary>Completes the tasks of the stack.</summary>
internal sealed class TaskCompleter : EngineNameCompleter
{
    private protected override async Task<IEnumerable<string>> NamesAsync(
        ProjectSession session, CompletionScope scope, CancellationToken cancellationToken) =>
        (scope.Stack ?? scope.ProjectName) is { } stack
            ? (await new StackOperations(session).TasksAsync(stack, cancellationToken).ConfigureAwait(false))
                .Select(task => task.Task)
            : [];
}

/// <summary>Completes the nodes of the swarm.</summary>
internal sealed class NodeCompleter : EngineNameCompleter
{
    private protected override async Task<IEnumerable<string>> NamesAsync(
        ProjectSession session, CompletionScope scope, CancellationToken cancellationToken) =>
        (await new StackOperations(session).NodesAsync(cancellationToken).ConfigureAwait(false)).Select(node => node.Node);
}

/// <summary>Completes the docker contexts.</summary>
internal sealed class ContextCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(scope.SessionRequest.ContextNames());
}
