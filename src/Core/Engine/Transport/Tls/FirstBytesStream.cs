using System.Text;

namespace Compose.Engine.Transport.Tls;

/// <summary>A stream that records the first bytes received, to recognize a server that does not speak TLS.</summary>
internal sealed class FirstBytesStream(Stream inner) : DelegatingStream(inner)
{
    private readonly byte[] _first = new byte[8];
    private int _count;

    /// <summary>Up to eight bytes from the start of the received data, as ASCII.</summary>
    public string Seen => Encoding.ASCII.GetString(_first, 0, _count);

    public override int Read(byte[] buffer, int offset, int count) => Remember(buffer, offset, base.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Remember(buffer, offset, await base.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false));

    private int Remember(byte[] buffer, int offset, int read)
    {
        if (_count < _first.Length && read > 0)
        {
            var kept = Math.Min(read, _first.Length - _count);
            Buffer.BlockCopy(buffer, offset, _first, _count, kept);
            _count += kept;
        }

        return read;
    }
}
