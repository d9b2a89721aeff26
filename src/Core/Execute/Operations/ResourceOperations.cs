using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.State;
using Compose.State.Choosing;
using Compose.State.Reading;

namespace Compose.Execute.Operations;

/// <summary>Lists a project's volumes and networks, and the versions of module and engine.</summary>
internal sealed class ResourceOperations(ProjectSession session)
{
    /// <summary>The project's volumes; if services are chosen, only those that their containers mount.</summary>
    public async Task<IReadOnlyList<ComposeVolume>> VolumesAsync(ContainerChoice choice, CancellationToken cancellationToken)
    {
        var listed = session.Engine.Volumes.ListAsync(StateReader.OfProject(choice.ProjectName), cancellationToken);
        var containers = session.Reader.ListAsync(choice.ProjectName, true, cancellationToken);
        var volumes = await listed.ConfigureAwait(false);
        var users = Users(choice, await containers.ConfigureAwait(false), volumes.Count > 0);
        return
        [
            .. volumes.Select(volume => ResourceMapping.Volume(session.EngineHost, choice.ProjectName, volume, users))
                .Where(volume => !IsNarrow(choice) || volume.Services.Count > 0)
                .OrderBy(volume => volume.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The project's networks; if services are chosen, only those that their containers are connected to.</summary>
    public async Task<IReadOnlyList<ComposeNetwork>> NetworksAsync(ContainerChoice choice, CancellationToken cancellationToken)
    {
        var listed = session.Engine.Networks.ListAsync(StateReader.OfProject(choice.ProjectName), cancellationToken);
        var containers = session.Reader.ListAsync(choice.ProjectName, true, cancellationToken);
        var networks = await listed.ConfigureAwait(false);
        var users = Users(choice, await containers.ConfigureAwait(false), networks.Count > 0);
        return
        [
            .. networks.Select(network => ResourceMapping.Network(session.EngineHost, choice.ProjectName, network, users))
                .Where(network => !IsNarrow(choice) || network.Services.Count > 0)
                .OrderBy(network => network.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The versions of the module, the compose rules and the engine.</summary>
    /// <param name="module">The module's own version.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ComposeVersion> VersionAsync(string module, CancellationToken cancellationToken)
    {
        var version = await session.Engine.System.VersionAsync(cancellationToken).ConfigureAwait(false);
        return new ComposeVersion
        {
            EngineHost = session.EngineHost,
            Module = module,
            Compose = ComposeVersion.Rules,
            Engine = version.Version,
            Api = session.Engine.ApiVersion.ToString(),
            EngineApi = version.ApiVersion,
            EngineMinApi = version.MinAPIVersion,
            Platform = $"{version.Os}/{version.Arch}",
        };
    }

    /// <summary>The chosen containers. A project may have nothing left but volumes or networks.</summary>
    private IReadOnlyList<ObservedContainer> Users(
        ContainerChoice choice, IReadOnlyList<ContainerSummary> listed, bool hasResources)
    {
        if (listed.Count == 0 && !hasResources && !choice.FromFiles)
            throw new ComposeException(StateErrors.NoProject(session.EngineHost, choice.ProjectName));
        var chosen = new HashSet<string>(
            choice.Of([.. listed.Select(summary => ContainerMapping.Result(summary, session.EngineHost))])
                .Select(container => container.Id));
        return [.. listed.Where(summary => chosen.Contains(summary.Id)).Select(ContainerMapping.Observe)];
    }

    private static bool IsNarrow(ContainerChoice choice) => choice.Services.Count > 0 || choice.Containers.Count > 0;
}
