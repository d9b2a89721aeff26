using System.Text;
using Compose.Model.Binding;

namespace System.Net.Sockets;

/// <summary>The address of a unix socket: the number of the address family, the path, and a zero.</summary>
internal sealed class UnixDomainSocketEndPoint(string path) : EndPoint
{
    public override AddressFamily AddressFamily => AddressFamily.Unix;

    public override SocketAddress Serialize()
    {
        var octets = Encoding.UTF8.GetBytes(path);
        var address = new SocketAddress(AddressFamily.Unix, 2 + octets.Length + 1);
        for (var index = 0; index < octets.Length; index++)
            address[2 + index] = octets[index];
        return address;
    }

    public override EndPoint Create(SocketAddress socketAddress) => this;
}
