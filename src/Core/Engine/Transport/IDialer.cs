namespace Compose.Engine.Transport;

/// <summary>Opens one connection to an engine.</summary>
internal interface IDialer
{
    /// <summary>Connects; the stream may also be <see cref="IHalfClose"/>.</summary>
    Task<Stream> DialAsync(CancellationToken cancellationToken);
}

/// <summary>A stream whose writing side can be closed while reading goes on.</summary>
internal interface IHalfClose
{
    Task CloseWriteAsync(CancellationToken cancellationToken);
}
