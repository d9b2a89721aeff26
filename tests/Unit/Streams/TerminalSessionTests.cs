using System.Text;
using Compose.Engine.Transport;
using Compose.Engine.Transport.Http1;
using Compose.State.Choosing;
using Compose.Streams.Exec;
using Compose.Streams.Terminal;
using Compose.Tests.Support;

namespace Compose.Tests.Streams;

/// <summary>Sessions with a terminal that is no real one; real ones are tried in the module's tests.</summary>
public class TerminalSessionTests
{
    private const string Shell =
        "services:\n  web: {image: busybox, command: sh, tty: true, stdin_open: true, stop_grace_period: 0s}\n";

    [EngineFact]
    public async Task Keys_go_there_and_its_size_follows()
    {
        await using var project = await EngineProject.CreateAsync("terminal");
        await project.UpAsync(Shell);
        using var terminal = new TypedTerminal();
        var entering = project.Session.Exec.EnterAsync(
            Choice(project), new ExecRequest { Command = ["sh"], Tty = true }, terminal, DetachKeys.Parse(DetachKeys.Default),
            CancellationToken.None);

        // An engine takes a size only once the program runs, so the shell may look before it is there.
        const string LookAtSize = "for i in 1 2 3 4 5; do stty size; sleep 0.2; done\r";
        await terminal.TypeAsync(LookAtSize, "40 120");
        terminal.Resize(100, 30);
        await terminal.TypeAsync(LookAtSize, "30 100");
        await terminal.TypeAsync("sleep 60\r", "sleep 60");
        await Task.Delay(300);
        await terminal.TypeAsync("\u0003echo code $?\r", "code 130");
        await terminal.TypeAsync("exit 4\r", "exit 4");

        Assert.Equal(4, (await entering.WaitAsync(TimeSpan.FromSeconds(10))).ExitCode);
    }

    [EngineFact]
    public async Task The_detach_keys_leave_the_container_running()
    {
        await using var project = await EngineProject.CreateAsync("terminalleft");
        await project.UpAsync(Shell);
        using var terminal = new TypedTerminal();
        var target = await project.Session.Attach.FindAsync(Choice(project), CancellationToken.None);
        var attached = project.Session.Attach.InteractAsync(target, terminal, DetachKeys.Parse("ctrl-x"), CancellationToken.None);

        Assert.Equal((true, true), (target.Tty, target.ReadsInput));
        await terminal.TypeAsync("echo $((6*7))\r", "42");
        await terminal.TypeAsync("\u0018", "\r\n");

        Assert.Null((await attached.WaitAsync(TimeSpan.FromSeconds(10))).ExitCode);
        Assert.Equal("Running", Assert.Single(await project.ContainersAsync()).State);
    }

    [EngineFact]
    public async Task A_session_ends_with_its_container()
    {
        await using var project = await EngineProject.CreateAsync("terminalend");
        await project.UpAsync(Shell);
        using var terminal = new TypedTerminal();
        var target = await project.Session.Attach.FindAsync(Choice(project), CancellationToken.None);
        var attached = project.Session.Attach.InteractAsync(
            target, terminal, DetachKeys.Parse(DetachKeys.Default), CancellationToken.None);

        await terminal.TypeAsync("exit 6\r", "exit 6");

        Assert.Equal(6, (await attached.WaitAsync(TimeSpan.FromSeconds(10))).ExitCode);
    }

    [EngineFact]
    public async Task A_session_is_left_when_cancelled()
    {
        await using var project = await EngineProject.CreateAsync("terminalstop");
        await project.UpAsync(Shell);
        using var terminal = new TypedTerminal();
        using var stop = new CancellationTokenSource();
        var entering = project.Session.Exec.EnterAsync(
            Choice(project), new ExecRequest { Command = ["sh"], Tty = true }, terminal, DetachKeys.Parse(DetachKeys.Default),
            stop.Token);
        await terminal.TypeAsync("echo here\r", "here");

        await stop.CancelAsync();

        // The shell never ends by itself, so any limit shows that it was left; a tight one would fail on a busy machine.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_change_while_the_size_is_told_is_told_too()
    {
        using var terminal = new TypedTerminal();
        using var stop = new CancellationTokenSource();
        using var connection = new HijackedConnection(new Http1Connection(new SilentStream()));
        List<(int, int)> told = [];
        var session = new TerminalSession(terminal, DetachKeys.Parse(DetachKeys.Default), (columns, rows, _) =>
        {
            told.Add((columns, rows));
            if (told.Count == 1)
                terminal.Resize(100, 30);
            else
                stop.Cancel();
            return Task.CompletedTask;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.RunAsync(connection, "web-1", stop.Token))
            .WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([(120, 40), (100, 30)], told);
    }

    private static ReplicaChoice Choice(EngineProject project) => new() { ProjectName = project.Name, Service = "web" };

    /// <summary>Nothing comes from it, and it does not end.</summary>
    private sealed class SilentStream : MemoryStream
    {
        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    /// <summary>A terminal whose keys a test types, and which remembers what was shown.</summary>
    private sealed class TypedTerminal : ITerminal
    {
        private readonly System.Threading.Channels.Channel<byte[]> _keys =
            System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
        private readonly StringBuilder _shown = new();
        private TaskCompletionSource _resized = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public (int Columns, int Rows) Size { get; private set; } = (120, 40);

        public void Resize(int columns, int rows)
        {
            Size = (columns, rows);
            Interlocked.Exchange(ref _resized, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }

        public Task ResizedAsync(CancellationToken cancellationToken) => _resized.Task.WaitAsync(cancellationToken);

        public async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
        {
            var keys = await _keys.Reader.ReadAsync(cancellationToken);
            keys.CopyTo(buffer, 0);
            return keys.Length;
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            lock (_shown)
                _shown.Append(Encoding.UTF8.GetString(buffer, offset, count));
        }

        public async Task TypeAsync(string keys, string expected)
        {
            int before;
            lock (_shown)
                before = _shown.Length;
            await _keys.Writer.WriteAsync(Encoding.UTF8.GetBytes(keys));
            for (var tries = 0; ; tries++)
            {
                string shown;
                lock (_shown)
                    shown = _shown.ToString(before, _shown.Length - before);
                if (shown.Contains(expected, StringComparison.Ordinal))
                    return;
                Assert.True(tries < 100, $"'{expected}' was not shown, but: {shown}");
                await Task.Delay(100);
            }
        }

        public void Dispose()
        {
        }
    }
}
