#if NET
using System.Net.Sockets;
using System.Text;
using Compose.Engine.Transport;

namespace Compose.Tests.Engine.Transport;

/// <summary>
/// The stream of long answers: small pieces are collected, nothing is lost, and its thread ends with the stream.
/// </summary>
public sealed class GatheringStreamTests : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"gather-{Guid.NewGuid():N}.sock");
    private readonly Socket _engine;
    private readonly GatheringStream _stream;

    public GatheringStreamTests()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen(1);
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(_path));
        _engine = _listener.Accept();
        _stream = new GatheringStream(client);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _engine.Dispose();
        _listener.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task Nothing_is_lost_however_it_is_cut()
    {
        var lines = Enumerable.Range(0, 20_000).Select(number => $"{number}: {new string('x', number % 97)}\n").ToList();
        var writing = Task.Run(() =>
        {
            foreach (var line in lines)
                _engine.Send(Encoding.UTF8.GetBytes(line));
            _engine.Shutdown(SocketShutdown.Both);
        });

        using var reader = new StreamReader(_stream);
        Assert.Equal(string.Concat(lines), await reader.ReadToEndAsync());
        await writing;
        Assert.Equal(0, await _stream.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task What_trickles_in_is_handed_on_together_and_never_kept()
    {
        var buffer = new byte[64 * 1024];
        _engine.Send("first"u8.ToArray());
        Assert.Equal(5, await _stream.ReadAsync(buffer));

        var writing = Task.Run(() =>
        {
            foreach (var _ in Enumerable.Range(0, 5_000))
                _engine.Send("another line\n"u8.ToArray());
        });
        var (reads, total) = (0, 0);
        while (total < 5_000 * 13)
        {
            total += await _stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            reads++;
        }

        Assert.InRange(reads, 1, 1_000);
        await writing;
    }

    [Fact]
    public async Task Who_does_not_take_what_came_holds_the_engine_back()
    {
        _engine.SendTimeout = 300;
        var megabyte = new byte[1024 * 1024];

        Assert.Throws<SocketException>(() => _engine.Send(megabyte));
        Assert.True(await _stream.ReadAsync(new byte[1]) == 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1024 * 1024)]
    public async Task Closing_ends_its_thread_whether_it_waits_for_the_engine_or_for_room(int bytes)
    {
        _engine.SendTimeout = 300;
        if (bytes > 0)
            Assert.Throws<SocketException>(() => _engine.Send(new byte[bytes]));

        _stream.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            // A read waits until the thread ends.
            while (await _stream.ReadAsync(new byte[64 * 1024]).AsTask().WaitAsync(TimeSpan.FromSeconds(30)) > 0)
                Assert.True(bytes > 0);
        });
    }
}
#endif
