using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Compose.Model.Config;

/// <summary>
/// The hashes docker compose labels containers, networks and volumes with. Rules differ by release:
/// that of the project's release is written, any known one that matches says "unchanged".
/// </summary>
internal static class ConfigHash
{
    /// <summary>The hash written on new containers.</summary>
    public static string Of(ServiceDefinition service) => Of(service, ConfigForm.HashRules[0]);

    /// <summary>The hash under every known rule, newest first.</summary>
    public static IEnumerable<string> AllOf(ServiceDefinition service) => ConfigForm.HashRules.Select(rule => Of(service, rule));

    public static string Of(ServiceDefinition service, ConfigForm rule) =>
        Digest(ConfigWriter.Compacted(json => new ServiceJson(json, rule).Write(service)));

    public static string Of(NetworkDefinition network) => Of(network, ConfigForm.HashRules[0]);

    public static string Of(NetworkDefinition network, ConfigForm rule) =>
        Digest(ConfigWriter.Compacted(json => new ProjectJson(json, rule).Network(network)));

    /// <summary>A volume without a driver has the local one.</summary>
    public static string Of(VolumeDefinition volume) =>
        Digest(
            ConfigWriter.Compacted(json =>
                new ProjectJson(json, ConfigForm.Print).Volume(volume with { Driver = volume.Driver ?? "local" })));

    private static string Digest(string text)
    {
        using var sha = SHA256.Create();
        return string.Concat(
            sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
