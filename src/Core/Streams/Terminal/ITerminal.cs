namespace Compose.Streams.Terminal;

/// <summary>The user's terminal: keys arrive as raw bytes, and output is shown unchanged.</summary>
internal interface ITerminal : IDisposable
{
    /// <summary>Columns and rows.</summary>
    (int Columns, int Rows) Size { get; }

    /// <summary>Completes when the size may have changed.</summary>
    Task ResizedAsync(CancellationToken cancellationToken);

    /// <summary>Reads typed keys; 0 at the end.</summary>
    Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken);

    void Write(byte[] buffer, int offset, int count);
}
