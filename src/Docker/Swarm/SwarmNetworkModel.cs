using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>Converts networks of a swarm between Docker.DotNet's models and our records.</summary>
internal static class SwarmNetworkModel
{
    // The library has false where an engine before API 1.48 does not say EnableIPv4; only what the file says is compared.
    public static Dto.SwarmNetwork Read(NetworkResponse network) => new()
    {
        Id = Models.Text(network.ID)!,
        CreatedAt = Models.Time(network.Created),
        Spec = new Dto.SwarmNetworkSpec
        {
            Name = network.Name,
            Driver = Models.Text(network.Driver),
            Scope = Models.Text(network.Scope),
            Internal = network.Internal,
            Attachable = network.Attachable,
            EnableIPv4 = network.EnableIPv4,
            EnableIPv6 = network.EnableIPv6,
            IPAM = network.IPAM is { } ipam ? NetworkCalls.Read(ipam) : null,
            Options = Models.Pairs(network.Options),
            Labels = Models.Pairs(network.Labels),
        },
    };

    // The managers keep names of swarm networks unique, so CheckDuplicate, which the library lacks, is not needed here.
    public static NetworksCreateParameters Sent(Dto.SwarmNetworkSpec spec) => new()
    {
        Name = spec.Name,
        Driver = spec.Driver!,
        Scope = spec.Scope!,
        Internal = spec.Internal,
        Attachable = spec.Attachable,
        EnableIPv4 = spec.EnableIPv4,
        EnableIPv6 = spec.EnableIPv6,
        IPAM = spec.IPAM is { } ipam ? Sent(ipam) : null!,
        ConfigFrom = null!,
        Options = Models.Sent(spec.Options),
        Labels = Models.Sent(spec.Labels),
    };

    private static IPAM Sent(Dto.Ipam ipam) => new()
    {
        Driver = ipam.Driver!,
        Options = Models.Sent(ipam.Options),
        Config = Models.SentEach(ipam.Config, Sent),
    };

    private static IPAMConfig Sent(Dto.IpamPool pool) => new()
    {
        Subnet = pool.Subnet!,
        IPRange = pool.IPRange!,
        Gateway = pool.Gateway!,
        AuxAddress = Models.Sent(pool.AuxiliaryAddresses),
    };
}
