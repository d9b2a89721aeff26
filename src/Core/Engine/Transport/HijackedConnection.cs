using Compose.Engine.Transport.Http1;

namespace Compose.Engine.Transport;

/// <summary>A raw duplex connection after an upgrade. Disposing it aborts pending reads and writes.</summary>
internal sealed class HijackedConnection(Http1Connection connection) : IDisposable
{
    public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.ReadAsync(buffer, offset, count, cancellationToken);

    public Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.Stream.WriteAsync(buffer, offset, count, cancellationToken);

    /// <summary>Half-closes the connection: the other side sees the end of the input, and its output can still be read.</summary>
    public Task CloseWriteAsync(CancellationToken cancellationToken) =>
        connection.Stream is IHalfClose half ? half.CloseWriteAsync(cancellationToken) : Task.CompletedTask;

    public void Dispose() => connection.Dispose();
}
