using Compose.Execute.Session;
using Compose.Model;
using Compose.State.Choosing;
using Compose.Swarm.Operations;

namespace Compose.Module.Completion;

/// <summary>Completes names from the project's files, or from the engine for a project given by name.</summary>
internal abstract class FileNameCompleter : NameCompleter
{
    private protected sealed override async Task<IEnumerable<string>> NamesAsync(
        CompletionScope scope, CancellationToken cancellationToken)
    {
        if (scope.HasFiles && scope.Stack is null)
            return scope.Project() is { } project ? InFiles(project) : [];
        using var session = await scope.ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (scope.Stack is { } stack)
            return await InStackAsync(session, stack, cancellationToken).ConfigureAwait(false);
        return await OnEngineAsync(session, scope.ProjectName!, cancellationToken).ConfigureAwait(false);
    }

    private protected abstract IEnumerable<string> InFiles(ComposeProject project);

    private protected abstract Task<IEnumerable<string>> OnEngineAsync(
        ProjectSession session, string projectName, CancellationToken cancellationToken);

    /// <summary>The names in a stack; only cmdlets that have -Stack ask for them.</summary>
    private protected virtual Task<IEnumerable<string>> InStackAsync(
        ProjectSession session, string stack, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<string>>([]);
}

/// <summary>Completes the services of the files, or those with containers on the engine.</summary>
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

    private protected override async Task<IEnumerable<string>> InStackAsync(
        ProjectSession session, string stack, CancellationToken cancellationToken) =>
        (await new StackOperations(session).ServicesAsync(stack, cancellationToken).ConfigureAwait(false))
            .Select(service => service.Service);
}

/// <summary>Completes the profiles of the files.</summary>
internal sealed class ProfileCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(
            scope.Project()?.Services.Values.SelectMany(service => service.Profiles).Where(profile => profile.Length > 0) ?? []);
}

/// <summary>Completes the volumes of the files, or those on the engine.</summary>
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

/// <summary>Completes the networks of the files, or those on the engine.</summary>
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

/// <summary>Completes the images of the files' services, or those of the project's containers.</summary>
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
