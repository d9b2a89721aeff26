namespace Compose.Streams.Terminal;

/// <summary>A terminal somebody sits at: its keys come as bytes, unedited, and what is written to it is shown as it is.</summary>
internal interface ITerminal : IDisposable
{
    /// <summary>Columns and rows.</summary>
    (int Columns, int Rows) Size { get; }

    /// <summary>Completes when the size has changed, or may have.</summary>
    Task ResizedAsync(CancellationToken cancellationToken);

    /// <summary>What was typed; 0 at the end.</summary>
    Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken);

    void Write(byte[] buffer, int offset, int count);
}
