using System.Text;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;

namespace Compose.Tests.Engine.Api;

/// <summary>
/// Runs cat in a container, writes to it, half-closes, and reads the output: tests a raw stream in both directions, and its end.
/// </summary>
internal static class ExecEcho
{
    /// <summary>Runs it in a new container; returns "typed here".</summary>
    public static async Task<string> InNewContainerAsync(EngineClient client)
    {
        var request = new CreateContainerRequest { Image = "busybox", Cmd = ["sleep", "60"] };
        var id = (
            await client.Containers.CreateAsync(
                "echotest" + Guid.NewGuid().ToString("N")[..8], null, request, CancellationToken.None)).Id;
        try
        {
            await client.Containers.StartAsync(id, CancellationToken.None);
            return await RunAsync(client, id, "typed here");
        }
        finally
        {
            await client.Containers.RemoveAsync(id, volumes: true, CancellationToken.None);
        }
    }

    public static async Task<string> RunAsync(EngineClient client, string id, string text)
    {
        var exec = await client.Containers.CreateExecAsync(
            id, new ExecCreateRequest { Cmd = ["cat"], AttachStdin = true, AttachStdout = true }, CancellationToken.None);
        using var connection = await client.Containers.StartExecAsync(exec, false, CancellationToken.None);
        var octets = Encoding.UTF8.GetBytes(text);
        await connection.WriteAsync(octets, 0, octets.Length, CancellationToken.None);
        await connection.CloseWriteAsync(CancellationToken.None);
        var answer = new MemoryStream();
        var buffer = new byte[256];
        int read;
        while ((read = await connection.ReadAsync(buffer, 0, buffer.Length, CancellationToken.None)) > 0)
            answer.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(answer.ToArray(), 8, (int)answer.Length - 8);
    }
}
