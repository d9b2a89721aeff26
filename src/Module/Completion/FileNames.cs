using Compose.Execute;
using Compose.State;

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

/// <summary>The volumes of the files; of a project that is only named, those the engine keeps.</summary>
internal sealed class VolumeCompleter : NameCompleter
{
    private protected override async Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken)
    {
        if (scope.HasFiles)
            return scope.Project()?.Volumes.Keys ?? [];
        using var session = await scope.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return (await session.GetVolumesAsync(new ContainerChoice { ProjectName = scope.ProjectName! }, cancellationToken).ConfigureAwait(false)).Select(volume => volume.Volume);
    }
}

/// <summary>The networks of the files; of a project that is only named, those the engine has.</summary>
internal sealed class NetworkCompleter : NameCompleter
{
    private protected override async Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken)
    {
        if (scope.HasFiles)
            return scope.Project()?.Networks.Keys ?? [];
        using var session = await scope.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return (await session.GetNetworksAsync(new ContainerChoice { ProjectName = scope.ProjectName! }, cancellationToken).ConfigureAwait(false)).Select(network => network.Network);
    }
}

/// <summary>The images the services of the files use; of a project that is only named, those its containers were made from.</summary>
internal sealed class ImageCompleter : NameCompleter
{
    private protected override async Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken)
    {
        if (scope.HasFiles)
            return scope.Project() is { } project ? project.Services.Values.Select(project.ImageOf) : [];
        using var session = await scope.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var containers = await session.GetContainersAsync(new ContainerQuery { ProjectName = scope.ProjectName, All = true }, cancellationToken).ConfigureAwait(false);
        return containers.Select(container => container.Image);
    }
}
