using System.IO.Pipes;
using System.Text;
using Compose.Engine.Api;
using Compose.Engine.Endpoint;
using Compose.Engine.Transport;

namespace Compose.Tests.Engine;

/// <summary>An engine behind a named pipe, as on Windows.</summary>
public class NamedPipeTests
{
    [Theory]
    [InlineData((int)TransportKind.Default)]
    [InlineData((int)TransportKind.Http1)]
    public async Task A_request_goes_through_a_pipe(int kind)
    {
        var name = "compose" + Guid.NewGuid().ToString("N");
        using var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var serving = ServeAsync(pipe);

        using var client = await EngineClient.ConnectAsync(new EngineEndpoint(new Uri("npipe:////./pipe/" + name)), CancellationToken.None, (TransportKind)kind);

        Assert.Equal("1.45", client.ApiVersion.ToString());
        Assert.StartsWith("GET /_ping HTTP/1.1", await serving, StringComparison.Ordinal);
    }

    private static async Task<string> ServeAsync(NamedPipeServerStream pipe)
    {
        await pipe.WaitForConnectionAsync();
        var buffer = new byte[4096];
        var read = await pipe.ReadAsync(buffer);
        await pipe.WriteAsync(Encoding.UTF8.GetBytes(FakeEngine.Ping));
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
