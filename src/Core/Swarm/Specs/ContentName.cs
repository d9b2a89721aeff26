using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Compose.Swarm.Specs;

/// <summary>
/// Names a secret or config by its content: <c>STACK_KEY_ab12cd34</c>. An engine never changes a content, so a changed one needs
/// a name of its own.
/// </summary>
internal static class ContentName
{
    /// <summary>The longest name that a swarm takes for a secret or config.</summary>
    private const int Longest = 64;
    private const int MarkOctets = 4;

    /// <param name="name">The name without the mark.</param>
    /// <param name="content">The content.</param>
    /// <param name="driver">What else of the object cannot be changed, such as its template driver; or nothing.</param>
    public static string Of(string name, byte[] content, string driver)
    {
        var room = Longest - 2 * MarkOctets - 1;
        // Two long names may have the same beginning.
        return name.Length <= room
            ? name + "_" + Mark(content, driver)
            : name.Substring(0, room) + "_" + Mark(content, driver + "\0" + name);
    }

    private static string Mark(byte[] content, string besides)
    {
        var octets = besides.Length == 0 ? content : [.. content, 0, .. Encoding.UTF8.GetBytes(besides)];
        using var hash = SHA256.Create();
        return string.Concat(
            hash.ComputeHash(octets).Take(MarkOctets).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
