#if !NET
using System.Net;
#endif
using System.Net.Sockets;

namespace Compose.Engine.Transport.Sockets;

/// <summary>Connects to a unix socket.</summary>
/// <param name="path">The path of the socket.</param>
/// <param name="gathers">Whether to use a <c>GatheringStream</c>, for long answers; ignored on .NET Framework.</param>
internal sealed class UnixDialer(string path, bool gathers = false) : IDialer
{
    public static UnixDialer Parse(Uri uri, bool gathers = false) => new(PathOf(uri), gathers);

    /// <summary>The socket's path in an address, without normalization.</summary>
    public static string PathOf(Uri uri) => uri.OriginalString.Substring("unix://".Length);

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
#if NET
            if (gathers)
            {
                socket.Connect(EndPoint());
                return new GatheringStream(socket);
            }
#else
            _ = gathers;
#endif
            await socket.ConnectAsync(EndPoint(), cancellationToken).ConfigureAwait(false);
            return new SocketStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

#if NET
    private UnixDomainSocketEndPoint EndPoint() => new(path);
#else
    private UnixEndPoint EndPoint() => new(path);

    /// <summary>A unix socket address, which .NET Framework lacks: the number of the address family, then the path.</summary>
    private sealed class UnixEndPoint(string path) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Unix;

        public override SocketAddress Serialize()
        {
            var octets = System.Text.Encoding.UTF8.GetBytes(path);
            var address = new SocketAddress(AddressFamily.Unix, 2 + octets.Length + 1);
            for (var index = 0; index < octets.Length; index++)
                address[2 + index] = octets[index];
            return address;
        }

        public override EndPoint Create(SocketAddress socketAddress) => new UnixEndPoint(path);
    }
#endif
}
