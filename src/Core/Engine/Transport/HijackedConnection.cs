using Compose.Engine.Transport.Http1;

namespace Compose.Engine.Transport;

/// <summary>A raw duplex connection after an upgrade. Disposing it ends every read and write.</summary>
internal sealed class HijackedConnection(Http1Connection connection) : IDisposable
{
    public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.ReadAsync(buffer, offset, count, cancellationToken);

    public Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.Stream.WriteAsync(buffer, offset, count, cancellationToken);

    /// <summary>Tells the other side that no more input comes; its output still arrives.</summary>
    public Task CloseWriteAsync(CancellationToken cancellationToken) =>
        connection.Stream is IHalfClose half ? half.CloseWriteAsync(cancellationToken) : Task.CompletedTask;

    public void Dispose() => connection.Dispose();
}
