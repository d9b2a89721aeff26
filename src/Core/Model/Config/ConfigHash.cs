using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Compose.Model.Config;

/// <summary>
/// Computes the config hashes that docker compose puts on containers, networks and volumes as labels. Releases hash differently:
/// new objects get the hash of the project's release, and existing ones are unchanged if any release's hash matches.
/// </summary>
internal static class ConfigHash
{
    /// <summary>The hash of the newest release.</summary>
    public static string Of(ServiceDefinition service) => Of(service, ConfigForm.HashRules[0]);

    /// <summary>The hashes of all known releases, newest first.</summary>
    public static IEnumerable<string> AllOf(ServiceDefinition service) => ConfigForm.HashRules.Select(rule => Of(service, rule));

    public static string Of(ServiceDefinition service, ConfigForm rule) =>
        Digest(ConfigWriter.Compacted(json => new ServiceJson(json, rule).Write(service)));

    public static string Of(NetworkDefinition network) => Of(network, ConfigForm.HashRules[0]);

    public static string Of(NetworkDefinition network, ConfigForm rule) =>
        Digest(ConfigWriter.Compacted(json => new ProjectJson(json, rule).Network(network)));

    /// <summary>The hash of a volume, which is the same in all releases; its default driver is <c>local</c>.</summary>
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
