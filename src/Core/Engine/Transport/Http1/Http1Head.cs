using System.Globalization;

namespace Compose.Engine.Transport.Http1;

/// <summary>The status line and headers of a response.</summary>
internal sealed record Http1Head(int Status, string Reason, bool IsHttp10, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public bool IsChunked => string.Equals(this["Transfer-Encoding"], "chunked", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the connection can be reused after the body is read.</summary>
    public bool KeepsAlive => this["Connection"] is { } connection
        ? !connection.Equals("close", StringComparison.OrdinalIgnoreCase)
        : !IsHttp10;

    public long? ContentLength =>
        long.TryParse(this["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    public string? this[string name]
    {
        get
        {
            foreach (var header in Headers)
            {
                if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return header.Value;
            }

            return null;
        }
    }
}
