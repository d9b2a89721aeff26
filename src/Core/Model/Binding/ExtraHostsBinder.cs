using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Binds <c>extra_hosts</c> to the engine's form: one <c>name:address</c> for each address.</summary>
internal static class ExtraHostsBinder
{
    public static IReadOnlyList<string> Bind(YamlMapping tree) => [.. tree.Texts("extra_hosts").SelectMany(Entries)];

    /// <summary>
    /// Splits <c>name=address</c> or <c>name:address</c>. Several addresses are separated by commas; an IPv6 address may be in
    /// brackets.
    /// </summary>
    private static IEnumerable<string> Entries(string host)
    {
        var at = host.IndexOf('=') is var equals and >= 0 ? equals : host.IndexOf(':');
        return at < 0
            ? [host]
            : host.Substring(at + 1).Split(',').Select(address => host.Substring(0, at) + ":" + Bare(address));
    }

    private static string Bare(string address) =>
        address.Length > 2 && address[0] == '[' && address[address.Length - 1] == ']'
            ? address.Substring(1, address.Length - 2)
            : address;
}
