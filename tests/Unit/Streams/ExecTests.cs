using System.Text;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Operations;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Exec;
using Compose.Tests.Support;

namespace Compose.Tests.Streams;

public class ExecTests
{
    private const string Sleeper =
        "services:\n  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s, deploy: {replicas: 2}}\n";

    [Fact]
    public void A_request_attaches_what_is_wanted()
    {
        var plain = ExecRun.Create(new ExecRequest { Command = ["ls"] });
        var fed = ExecRun.Create(new ExecRequest { Command = ["cat"], Input = new StandardInput() });
        var left = ExecRun.Create(new ExecRequest { Command = ["sleep"], Input = new StandardInput(), Detach = true });

        Assert.Equal((false, true, true), (plain.AttachStdin, plain.AttachStdout, plain.AttachStderr));
        Assert.True(fed.AttachStdin);
        Assert.Equal((false, false, false), (left.AttachStdin, left.AttachStdout, left.AttachStderr));
        Assert.Null(plain.Env);
    }

    [EngineFact]
    public async Task Streams_come_apart_and_the_exit_code_back()
    {
        await using var project = await EngineProject.CreateAsync("exec");
        await project.UpAsync(Sleeper);

        var result = await ExecAsync(project, ["sh", "-c", "echo out; echo err >&2; exit 7"]);
        var second = await ExecAsync(project, ["hostname"], index: 2);

        Assert.Equal((7, "out", "err"), (result.ExitCode, result.StandardOutput, result.StandardError));
        Assert.Equal((1, 2), (result.Replica, second.Replica));
        Assert.True(result.Duration > TimeSpan.Zero);
    }

    [EngineFact]
    public async Task Input_arrives_byte_by_byte_as_it_was()
    {
        await using var project = await EngineProject.CreateAsync("execinput");
        await project.UpAsync(Sleeper);
        var bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);
        var input = new StandardInput();
        input.Add(bytes, 1_000_000);
        input.Add(new MemoryStream(bytes, 1_000_000, 2_000_000));
        input.AddLine("grün");

        using var target = new MemoryStream();
        var result = await ExecAsync(project, ["cat"], input, new OutputCapture { File = target });

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([.. bytes, .. Encoding.UTF8.GetBytes("grün\n")], target.ToArray());
    }

    [EngineFact]
    public async Task A_command_that_reads_no_further_ends_all_the_same()
    {
        await using var project = await EngineProject.CreateAsync("execdeaf");
        await project.UpAsync(Sleeper);
        var input = new StandardInput();
        input.Add(new byte[20_000_000], 20_000_000);

        var result = await ExecAsync(project, ["head", "-c", "3"], input).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("\0\0\0", result.StandardOutput);
    }

    [EngineFact]
    public async Task A_command_ends_though_its_input_does_not()
    {
        await using var project = await EngineProject.CreateAsync("execopen");
        await project.UpAsync(Sleeper);
        using var writer = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        writer.Write([.. "first\n"u8], 0, 6);
        var input = new StandardInput();
        input.Add(new System.IO.Pipes.AnonymousPipeClientStream(System.IO.Pipes.PipeDirection.In, writer.ClientSafePipeHandle));

        var result = await ExecAsync(project, ["head", "-n", "1"], input).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal((0, "first"), (result.ExitCode, result.StandardOutput));
    }

    [EngineFact]
    public async Task What_cannot_be_started_is_an_error()
    {
        await using var project = await EngineProject.CreateAsync("execnot");
        await project.UpAsync(Sleeper);

        var exception = await Assert.ThrowsAsync<ComposeException>(() => ExecAsync(project, ["no-such-command"]));

        Assert.Equal("CommandNotStarted", exception.Info.Id);
        Assert.Contains("no-such-command", exception.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task Lines_come_while_the_command_runs()
    {
        await using var project = await EngineProject.CreateAsync("execlines");
        await project.UpAsync(Sleeper);
        var lines = new LineSink(2);
        using var stop = new CancellationTokenSource();

        var running = ExecAsync(
            project, ["sh", "-c", "echo first; echo second >&2; sleep 600"], capture: new OutputCapture { Lines = true },
            sink: lines, stop: stop.Token);
        await lines.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(
            ["stdout first", "stderr second"],
            lines.Entries.Select(entry => $"{entry.Stream} {entry.Message}").OrderByDescending(text => text));
        Assert.All(lines.Entries, entry => Assert.Equal("web", entry.Service));
    }

    private static Task<ComposeCommandResult> ExecAsync(
        EngineProject project,
        string[] command,
        StandardInput? input = null,
        OutputCapture? capture = null,
        int? index = null,
        IEventSink? sink = null,
        CancellationToken stop = default) =>
        project.Session.Exec.RunAsync(new ReplicaChoice { ProjectName = project.Name, Service = "web", Index = index },
            new ExecRequest { Command = command, Input = input }, capture ?? new OutputCapture(), sink ?? project, stop);

    private sealed class LineSink(int wanted) : IEventSink
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<ComposeLogEntry> Entries { get; } = [];

        public Task Reached => _reached.Task;

        public void Emit(ComposeEvent composeEvent)
        {
            if (composeEvent is not ResultEvent { Result: ComposeLogEntry entry })
                return;
            Entries.Add(entry);
            if (Entries.Count == wanted)
                _reached.SetResult();
        }

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
