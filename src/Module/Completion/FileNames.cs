using Compose.Execute;

namespace Compose.Module.Completion;

/// <summary>The services of the files; of a project that is only named, those the engine has containers of.</summary>
internal sealed class ServiceCompleter : NameCompleter
{
    private protected override async Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken)
    {
        if (scope.HasFiles)
            return scope.Project()?.Services.Keys ?? [];
        using var session = await scope.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var containers = await session.GetContainersAsync(new ContainerQuery { ProjectName = scope.ProjectName, All = true }, cancellationToken).ConfigureAwait(false);
        return containers.Select(container => container.Service);
    }
}

/// <summary>The profiles the files name.</summary>
internal sealed class ProfileCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(scope.Project()?.Services.Values.SelectMany(service => service.Profiles).Where(profile => profile.Length > 0) ?? []);
}
