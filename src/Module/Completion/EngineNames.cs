using Compose.Execute.Session;

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

/// <summary>Completes the docker contexts.</summary>
internal sealed class ContextCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(scope.SessionRequest.ContextNames());
}
