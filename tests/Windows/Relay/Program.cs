using System.Globalization;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("windows")]

namespace Compose.PipeRelay;

/// <summary>
/// Serves a named pipe as Docker does on Windows, and passes what comes to an engine's tcp port on this machine. Arguments: PIPE
/// PORT.
/// </summary>
internal static class Program
{
    private const int BufferSize = 64 * 1024;

    private static async Task Main(string[] arguments)
    {
        var port = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        while (true)
        {
            // Message mode: an empty message is the only way a client can end its input and still read.
            var pipe = new NamedPipeServerStream(
                arguments[0], PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances,
                PipeTransmissionMode.Message, PipeOptions.Asynchronous, BufferSize, BufferSize);
            await pipe.WaitForConnectionAsync();
            _ = ServeAsync(pipe, port);
        }
    }

    private static async Task ServeAsync(NamedPipeServerStream pipe, int port)
    {
        using var engine = new TcpClient { NoDelay = true };
        await using (pipe)
        {
            try
            {
                await engine.ConnectAsync("127.0.0.1", port);
                var toEngine = ToEngineAsync(pipe, engine.Client);
                await engine.GetStream().CopyToAsync(pipe);
                // Closing a pipe throws away what the client has not read yet.
                pipe.WaitForPipeDrain();
                _ = toEngine;
            }
            catch (Exception exception) when (exception is IOException
                or SocketException
                or ObjectDisposedException
                or InvalidOperationException)
            {
                // One side is gone, so the other is closed, too.
            }
        }
    }

    private static async Task ToEngineAsync(NamedPipeServerStream pipe, Socket engine)
    {
        var buffer = new byte[BufferSize];
        try
        {
            int read;
            while ((read = await pipe.ReadAsync(buffer)) > 0)
                await engine.SendAsync(buffer.AsMemory(0, read));
            // Nothing read from a pipe that is still connected is the client's empty message.
            if (pipe.IsConnected)
                engine.Shutdown(SocketShutdown.Send);
            else
                engine.Close();
        }
        catch (Exception exception) when (exception is IOException
            or SocketException
            or ObjectDisposedException
            or InvalidOperationException)
        {
            engine.Close();
        }
    }
}
