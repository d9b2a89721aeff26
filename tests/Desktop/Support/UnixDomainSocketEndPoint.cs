using System.Text;
using Compose.Model.Binding;

namespace System.Net.Sockets;

/// <summary>A unix socket's address: the family's number, the path, a zero.</summary>
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
