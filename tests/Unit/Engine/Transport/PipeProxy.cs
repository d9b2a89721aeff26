using System.IO.Pipes;
using System.Net.Sockets;
using Compose.Engine.Endpoint;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Transport;

/// <summary>The real engine behind a named pipe; opens a new instance for each connection, as Docker does.</summary>
internal sealed class PipeProxy : IDisposable
{
    private readonly string _name = "compose" + Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _stop = new();

    public PipeProxy() => _ = AcceptAsync();

    public EngineEndpoint Endpoint => new(EngineAddress.Parse("npipe:////./pipe/" + _name));

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var pipe = new NamedPipeServerStream(
                _name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte,
                PipeOptions.Asynchronous);
            try
            {
                await pipe.WaitForConnectionAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                pipe.Dispose();
                return;
            }

            _ = ServeAsync(pipe);
        }
    }

    private static async Task ServeAsync(NamedPipeServerStream pipe)
    {
        using (pipe)
        {
            try
            {
                using var engine = await TestEngine.DialAsync();
                await Task.WhenAny(pipe.CopyToAsync(engine), engine.CopyToAsync(pipe));
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
            {
                // One side closed the connection; the other is closed on return.
            }
        }
    }
}
