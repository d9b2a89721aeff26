#if NET
using System.Diagnostics;
using System.Globalization;

namespace Compose.Tests.Support;

/// <summary>A network namespace. A sleeping process holds it.</summary>
internal sealed class OwnNetwork : IAsyncDisposable
{
    private readonly Process _holder;

    private OwnNetwork(Process holder) => _holder = holder;

    /// <summary>The file that stands for the namespace, for nsenter.</summary>
    public string Path => $"/proc/{Id}/ns/net";

    private string Id => _holder.Id.ToString(CultureInfo.InvariantCulture);

    public static async Task<OwnNetwork> CreateAsync()
    {
        // unshare becomes the shell, and that the sleep. The line that it writes says that the namespace exists.
        var start = new ProcessStartInfo("unshare", ["--net", "sh", "-c", "ip link set lo up && echo up && exec sleep infinity"])
        {
            RedirectStandardOutput = true,
        };
        var network = new OwnNetwork(Process.Start(start)!);
        Assert.Equal("up", await network._holder.StandardOutput.ReadLineAsync());
        return network;
    }

    /// <summary>Joins two namespaces by a cable: each gets an address, and one can reach the other.</summary>
    public async Task ConnectAsync(OwnNetwork other, string address, string otherAddress)
    {
        await RunAsync("ip", "link", "add", "pair0", "type", "veth", "peer", "name", "pair0", "netns", other.Id);
        foreach (var (network, own) in new[] { (this, address), (other, otherAddress) })
        {
            await network.RunAsync("ip", "address", "add", own + "/24", "dev", "pair0");
            await network.RunAsync("ip", "link", "set", "pair0", "up");
        }
    }

    /// <summary>Runs a program in the namespace, and returns what it writes.</summary>
    public async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("nsenter", ["--net=" + Path, program, .. arguments])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(" ", arguments)}: {await errors}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        _holder.Kill();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
    }
}
#endif
