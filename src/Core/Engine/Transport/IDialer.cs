namespace Compose.Engine.Transport;

/// <summary>Opens connections to an engine.</summary>
internal interface IDialer
{
    /// <summary>Opens a connection; the stream may implement <see cref="IHalfClose"/>.</summary>
    Task<Stream> DialAsync(CancellationToken cancellationToken);
}

/// <summary>A stream whose write side can be closed while reading continues.</summary>
internal interface IHalfClose
{
    Task CloseWriteAsync(CancellationToken cancellationToken);
}
