using Compose.Engine.Dto;
using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>The requests for services, tasks, nodes, secrets and configs of a swarm that use Docker.DotNet.</summary>
internal class SwarmCalls(DockerLibrary library, IEngineCalls calls)
{
    /// <summary>Lists services with the numbers of their tasks.</summary>
    public Task<IReadOnlyList<Dto.SwarmService>> ServicesAsync(Filters? filters, CancellationToken cancellationToken)
    {
        var request = new ServiceListParameters { Filters = filters?.Sets!, Status = true };
        return calls.ReadAsync(
            "services",
            token => library.Client.Swarm.ListServicesAsync(request, token),
            list => Models.Each(list, SwarmServiceModel.Read)!,
            cancellationToken);
    }

    /// <summary>
    /// Creates a service and returns the engine's warnings. Longer time limit: the engine may look for the image.
    /// </summary>
    public Task<ServiceAnswer> CreateServiceAsync(
        Dto.SwarmServiceSpec spec, RegistryAuth? auth, CancellationToken cancellationToken)
    {
        var request = new ServiceCreateParameters { Service = SwarmServiceModel.Sent(spec), RegistryAuth = Sent(auth)! };
        return calls.Lasting.ChangeAsync(
            "create", spec.Name, token => library.Client.Swarm.CreateServiceAsync(request, token),
            created => new ServiceAnswer(Models.Text(created.ID)!, Models.Texts(created.Warnings)), cancellationToken);
    }

    /// <summary>Updates a service and returns the engine's warnings.</summary>
    /// <param name="id">The service.</param>
    /// <param name="version">The version that was observed.</param>
    /// <param name="spec">The new spec; for a rollback the current one.</param>
    /// <param name="auth">The login that nodes pull with; null keeps what they have.</param>
    /// <param name="rollback">Whether to go back to the previous spec.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<ServiceAnswer> UpdateServiceAsync(
        string id, long version, Dto.SwarmServiceSpec spec, RegistryAuth? auth, bool rollback,
        CancellationToken cancellationToken)
    {
        var request = new ServiceUpdateParameters
        {
            Service = SwarmServiceModel.Sent(spec),
            Version = version,
            RegistryAuthFrom = auth is null ? "spec" : null!,
            RegistryAuth = Sent(auth)!,
            Rollback = rollback ? "previous" : null!,
        };
        return calls.Lasting.ChangeAsync(
            "update", spec.Name, token => library.Client.Swarm.UpdateServiceAsync(id, request, token),
            updated => new ServiceAnswer(id, Models.Texts(updated.Warnings)), cancellationToken);
    }

    public Task RemoveServiceAsync(string id, CancellationToken cancellationToken) => calls.ChangeAsync(
        "remove", id, token => library.Client.Swarm.RemoveServiceAsync(id, token), cancellationToken);

    public Task<IReadOnlyList<SwarmTask>> TasksAsync(Filters? filters, CancellationToken cancellationToken) => calls.ReadAsync(
        "tasks",
        token => library.Client.Tasks.ListAsync(new TasksListParameters { Filters = filters?.Sets! }, token),
        list => Models.Each(list, SwarmTaskModel.Read)!,
        cancellationToken);

    public Task<IReadOnlyList<SwarmNode>> NodesAsync(CancellationToken cancellationToken) => calls.ReadAsync(
        "nodes", library.Client.Swarm.ListNodesAsync, list => Models.Each(list, SwarmNodeModel.Read)!, cancellationToken);

    public Task<IReadOnlyList<SwarmSecret>> SecretsAsync(CancellationToken cancellationToken) => calls.ReadAsync(
        "secrets", library.Client.Secrets.ListAsync, list => Models.Each(list, SwarmFileModel.Read)!, cancellationToken);

    public Task<IdResponse> CreateSecretAsync(Dto.SwarmSecretSpec spec, CancellationToken cancellationToken) =>
        calls.ChangeAsync(
            "create", spec.Name, token => library.Client.Secrets.CreateAsync(SwarmFileModel.Sent(spec), token),
            created => new IdResponse(Models.Text(created.ID)!), cancellationToken);

    public Task RemoveSecretAsync(string id, CancellationToken cancellationToken) =>
        calls.ChangeAsync("remove", id, token => library.Client.Secrets.DeleteAsync(id, token), cancellationToken);

    public Task<IReadOnlyList<Dto.SwarmConfig>> ConfigsAsync(CancellationToken cancellationToken) => calls.ReadAsync(
        "configs", library.Client.Configs.ListConfigsAsync, list => Models.Each(list, SwarmFileModel.Read)!, cancellationToken);

    public Task<IdResponse> CreateConfigAsync(Dto.SwarmConfigSpec spec, CancellationToken cancellationToken)
    {
        var request = new SwarmCreateConfigParameters { Config = SwarmFileModel.Sent(spec) };
        return calls.ChangeAsync(
            "create", spec.Name, token => library.Client.Configs.CreateConfigAsync(request, token),
            created => new IdResponse(Models.Text(created.ID)!), cancellationToken);
    }

    public Task RemoveConfigAsync(string id, CancellationToken cancellationToken) =>
        calls.ChangeAsync("remove", id, token => library.Client.Configs.RemoveConfigAsync(id, token), cancellationToken);

    /// <summary>Lists all networks, also those of this engine alone, such as host.</summary>
    public Task<IReadOnlyList<Dto.SwarmNetwork>> NetworksAsync(CancellationToken cancellationToken) => calls.ReadAsync(
        "networks",
        token => library.Client.Networks.ListNetworksAsync(new NetworksListParameters(), token),
        list => Models.Each(list, SwarmNetworkModel.Read)!,
        cancellationToken);

    public Task<IdResponse> CreateNetworkAsync(SwarmNetworkSpec spec, CancellationToken cancellationToken) =>
        calls.ChangeAsync(
            "create", spec.Name, token => library.Client.Networks.CreateNetworkAsync(SwarmNetworkModel.Sent(spec), token),
            created => new IdResponse(Models.Text(created.ID)!), cancellationToken);

    public Task RemoveNetworkAsync(string id, CancellationToken cancellationToken) =>
        calls.ChangeAsync("remove", id, token => library.Client.Networks.DeleteNetworkAsync(id, token), cancellationToken);

    /// <summary>How this engine stands to its swarm, if it has one.</summary>
    public Task<SwarmMembership> MembershipAsync(CancellationToken cancellationToken) => calls.ReadAsync(
        "info",
        library.Client.System.GetSystemInfoAsync,
        info => new SwarmMembership(
            info.Swarm?.LocalNodeState ?? "",
            info.Swarm?.ControlAvailable ?? false,
            info.Swarm?.NodeID ?? "",
            [.. (info.Swarm?.RemoteManagers ?? []).Select(manager => manager?.Addr ?? "").Where(address => address.Length > 0)]),
        cancellationToken);

    private static AuthConfig? Sent(RegistryAuth? auth) => auth is null
        ? null
        : new AuthConfig { Username = auth.Username, Password = auth.Password, ServerAddress = auth.ServerAddress };
}
