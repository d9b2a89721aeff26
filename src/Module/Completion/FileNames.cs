using Compose.Execute.Session;
using Compose.Model;
using Compose.State.Choosing;

namespace Compose.Module.Completion;

/// <summary>Names the project's files give; of a project that is only named, those the engine knows.</summary>
internal abstract class FileNameCompleter : NameCompleter
{
    private protected sealed override async Task<IEnumerable<string>> NamesAsync(
        CompletionScope scope, CancellationToken cancellationToken)
    {
        if (scope.HasFiles)
            return scope.Project() is { } project ? InFiles(project) : [];
        using var session = await scope.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await OnEngineAsync(session, scope.ProjectName!, cancellationToken).ConfigureAwait(false);
    }

    private protected abstract IEnumerable<string> InFiles(ComposeProject project);

    private protected abstract Task<IEnumerable<string>> OnEngineAsync(
        ProjectSession session, string projectName, CancellationToken cancellationToken);
}

/// <summary>The services of the files, or those the engine has containers of.</summary>
internal sealed class ServiceCompleter : FileNameCompleter
{
    private protected override IEnumerable<string> InFiles(ComposeProject project) => project.Services.Keys;

    private protected override async Task<IEnumerable<string>> OnEngineAsync(
        ProjectSession session, string projectName, CancellationToken cancellationToken)
    {
        var query = new ContainerQuery { ProjectName = projectName, All = true };
        var containers = await session.Containers.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return containers.Select(container => container.Service);
    }
}

/// <summary>The profiles the files name.</summary>
internal sealed class ProfileCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(
            scope.Project()?.Services.Values.SelectMany(service => service.Profiles).Where(profile => profile.Length > 0) ?? []);
}

/// <summary>The volumes of the files, or those the engine keeps.</summary>
internal sealed class VolumeCompleter : FileNameCompleter
{
    private protected override IEnumerable<string> InFiles(ComposeProject project) => project.Volumes.Keys;

    private protected override async Task<IEnumerable<string>> OnEngineAsync(
        ProjectSession session, string projectName, CancellationToken cancellationToken)
    {
        var query = new ContainerChoice { ProjectName = projectName };
        var volumes = await session.Resources.VolumesAsync(query, cancellationToken).ConfigureAwait(false);
        return volumes.Select(volume => volume.Volume);
    }
}

/// <summary>The networks of the files, or those the engine has.</summary>
internal sealed class NetworkCompleter : FileNameCompleter
{
    private protected override IEnumerable<string> InFiles(ComposeProject project) => project.Networks.Keys;

    private protected override async Task<IEnumerable<string>> OnEngineAsync(
        ProjectSession session, string projectName, CancellationToken cancellationToken)
    {
        var query = new ContainerChoice { ProjectName = projectName };
        var networks = await session.Resources.NetworksAsync(query, cancellationToken).ConfigureAwait(false);
        return networks.Select(network => network.Network);
    }
}

/// <summary>The images the services of the files use, or those their containers were made from.</summary>
internal sealed class ImageCompleter : FileNameCompleter
{
    private protected override IEnumerable<string> InFiles(ComposeProject project) =>
        project.Services.Values.Select(project.ImageOf);

    private protected override async Task<IEnumerable<string>> OnEngineAsync(
        ProjectSession session, string projectName, CancellationToken cancellationToken)
    {
        var query = new ContainerQuery { ProjectName = projectName, All = true };
        var containers = await session.Containers.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return containers.Select(container => container.Image);
    }
}
