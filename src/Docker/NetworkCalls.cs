using System.Globalization;
using Compose.Engine.Dto;
using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>The requests for networks that use Docker.DotNet.</summary>
internal class NetworkCalls(DockerLibrary library, IEngineCalls calls, bool reportsIPv4)
{
    public Task<IReadOnlyList<NetworkResource>> ListAsync(
        Filters? filters, CancellationToken cancellationToken) => calls.ReadAsync(
        "networks",
        token => library.Client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = filters?.Sets }, token),
        list => Models.Each(list, Read)!,
        cancellationToken);

    public Task<NetworkResource> InspectAsync(string id, CancellationToken cancellationToken) =>
        calls.ReadAsync(id, token => library.Client.Networks.InspectNetworkAsync(id, token), Read, cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        calls.ChangeAsync("remove", id, token => library.Client.Networks.DeleteNetworkAsync(id, token), cancellationToken);

    public Task ConnectAsync(string id, string container, Dto.EndpointSettings? settings, CancellationToken cancellationToken)
    {
        var request = new NetworkConnectParameters
        {
            Container = container,
            EndpointConfig = settings is null ? null : EndpointModel.Sent(settings),
        };
        return calls.ChangeAsync(
            "connect", id, token => library.Client.Networks.ConnectNetworkAsync(id, request, token), cancellationToken);
    }

    public Task DisconnectAsync(string id, string container, CancellationToken cancellationToken)
    {
        var request = new NetworkDisconnectParameters { Container = container, Force = true };
        return calls.ChangeAsync(
            "disconnect", id, token => library.Client.Networks.DisconnectNetworkAsync(id, request, token), cancellationToken);
    }

    // Docker.DotNet has false where the engine does not report EnableIPv4.
    private NetworkResource Read(NetworkResponse network) => new()
    {
        Name = network.Name,
        Id = network.ID,
        Driver = network.Driver,
        Internal = network.Internal,
        Attachable = network.Attachable,
        EnableIPv4 = reportsIPv4 ? network.EnableIPv4 : null,
        EnableIPv6 = network.EnableIPv6,
        Created = network.Created == default
            ? null
            : network.Created.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        IPAM = network.IPAM is { } ipam ? Read(ipam) : null,
        Options = Models.Pairs(network.Options),
        Labels = Models.Pairs(network.Labels),
        Containers = Models.Each(network.Containers, container => new NetworkContainer(container.Name)),
    };

    public static Ipam Read(IPAM ipam) => new()
    {
        Driver = ipam.Driver,
        Options = Models.Pairs(ipam.Options),
        Config = Models.Each(ipam.Config, Read),
    };

    // Docker.DotNet has an empty string for a missing value, and our record null.
    private static IpamPool Read(IPAMConfig pool) => new()
    {
        Subnet = Models.Text(pool.Subnet),
        IPRange = Models.Text(pool.IPRange),
        Gateway = Models.Text(pool.Gateway),
        AuxiliaryAddresses = Models.Pairs(pool.AuxAddress),
    };
}
