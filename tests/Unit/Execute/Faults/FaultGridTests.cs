using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Compose.Errors;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Faults;

/// <summary>
/// Every request of up, of a recreation, of down and of scale, with every kind of fault. Nothing may hang; every error has an
/// id; what up and scale report as done is done; another down completes the first, and the next up converges.
/// COMPOSE_TEST_FULL=1 runs all combinations, otherwise a sample runs.
/// </summary>
public sealed class FaultGridTests
{
    private const string Yaml = """
        name: faultgrid
        services:
          web:
            image: busybox
            command: sleep 600
            stop_grace_period: 0s
            scale: 2
            depends_on: { db: { condition: service_healthy } }
            volumes: [/cache]
            environment: [COLOUR=red]
          db:
            image: busybox
            command: sleep 600
            stop_grace_period: 0s
            healthcheck: { test: [CMD, 'true'], interval: 1s }
            volumes: [data:/data]
            environment: [COLOUR=red]
        networks:
          default:
            labels: [colour=red]
        volumes:
          data: {}
        """;

    private const string Up =
        "faultgrid-db running, faultgrid-web running, faultgrid-web running, faultgrid_data, faultgrid_default";
    private const int RealCells = 48;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("COMPOSE_TEST_FULL") == "1";

    [UnixTheory(UnixFactAttribute.Stalls)]
    [InlineData("up")]
    [InlineData("recreate")]
    [InlineData("down")]
    [InlineData("scale")]
    public async Task On_an_engine_in_memory(string work)
    {
        var cells = await CellsAsync(work, null);
        var taken = IsFull ? cells : Spread(cells, 30);
        var offences = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(taken, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (cell, _) =>
        {
            if (await OffenceAsync(work, cell, null) is { } offence)
                offences.Add(offence);
        });

        Assert.True(
            offences.IsEmpty,
            $"{offences.Count} of {taken.Count} cells:\n" + string.Join("\n", offences.Order(StringComparer.Ordinal)));
    }

    /// <summary>Puts the proxy in front of the test engine.</summary>
    [EngineTheory]
    [InlineData("up")]
    [InlineData("recreate")]
    [InlineData("down")]
    [InlineData("scale")]
    public async Task On_a_real_engine(string work)
    {
        var cells = await CellsAsync(work, new RealEngine());
        var offences = new List<string>();
        foreach (var cell in Spread(cells, IsFull ? RealCells / 4 : 1))
        {
            if (await OffenceAsync(work, cell, new RealEngine()) is { } offence)
                offences.Add(offence);
        }

        Assert.True(offences.Count == 0, string.Join("\n", offences));
    }

    private static List<(FaultKind Kind, int At)> Spread(List<(FaultKind Kind, int At)> cells, int count) =>
        [.. Enumerable.Range(0, count).Select(index => cells[(int)((index + 0.5) * cells.Count / count)]).Distinct()];

    /// <summary>A run without a fault shows how many requests there are.</summary>
    private static async Task<List<(FaultKind Kind, int At)>> CellsAsync(string work, IFaultBackend? backend)
    {
        using var grid = await Grid.PrepareAsync(work, backend);
        grid.Proxy.Arm(null, 0);
        var ending = await grid.WorkAsync();
        Assert.True(ending is null, $"{ending} at {grid.Proxy.Seen[^1]}: {grid.Proxy.Problem}");
        var requests = grid.Proxy.Seen.Count;
        await grid.CleanAsync();
        return [.. Enumerable.Range(1, requests).SelectMany(at => Enum.GetValues<FaultKind>().Select(kind => (kind, at)))];
    }

    /// <summary>Describes what is wrong after a fault; null if nothing is.</summary>
    private static async Task<string?> OffenceAsync(string work, (FaultKind Kind, int At) cell, IFaultBackend? backend)
    {
        var step = "preparing";
        var met = "";
        try
        {
            using var grid = await Grid.PrepareAsync(work, backend).WaitAsync(Limit);
            grid.Proxy.Arm(cell.Kind, cell.At);
            step = "the work";
            var ending = await grid.WorkAsync().WaitAsync(Limit);
            met = grid.Proxy.Seen.Count >= cell.At ? grid.Proxy.Seen[cell.At - 1] : "nothing";
            grid.Proxy.Arm(null, 0);
            step = $"the next up, after {ending ?? "success"}";
            if (work == "down")
                await grid.CleanAsync();
            if (backend is null && (ending is null || work == "down") && grid.Made != grid.Wanted)
                return $"{work} {cell} at {met}: {ending ?? "done"}, and there is {grid.Made}";
            var after = await grid.UpAsync().WaitAsync(Limit) ?? await grid.DifferenceAsync().WaitAsync(Limit);
            await grid.CleanAsync();
            return after is null ? null : $"{work} {cell} at {met}: {step}: {after}";
        }
        catch (Exception exception)
        {
            return $"{work} {cell} at {met}: {step}: {exception.GetType().Name} "
                + $"{exception.Message}\n{exception.StackTrace?.Split('\n')[0]}";
        }
    }

    /// <summary>One combination: an engine, the proxy in front of it, and the work to do.</summary>
    private sealed class Grid : IDisposable, IEventSink
    {
        private static readonly ComposeProject First = Load(Yaml);
        private static readonly ComposeProject Changed = Load(
            Yaml.Replace("COLOUR=red", "COLOUR=blue", StringComparison.Ordinal));
        private readonly string _work;

        private Grid(string work, IFaultBackend? backend)
        {
            _work = work;
            Memory = backend is null ? new MemoryEngine() : null;
            Proxy = new FaultProxy(backend ?? Memory!);
        }

        public FaultProxy Proxy { get; }
        public MemoryEngine? Memory { get; }

        /// <summary>
        /// The contents of an engine in memory. A replica that was removed for a moment may come back with the next number.
        /// </summary>
        public string Made => Regex.Replace(Memory!.Inventory, "-[0-9]+ ", " ");

        /// <summary>The expected contents after the work.</summary>
        public string Wanted => _work switch
        {
            "down" => "",
            "scale" => Up.Replace("-db running", "-db running, faultgrid-web running", StringComparison.Ordinal),
            _ => Up,
        };

        public static async Task<Grid> PrepareAsync(string work, IFaultBackend? backend)
        {
            var grid = new Grid(work, backend);
            if (backend is not null)
                await grid.CleanAsync();
            if (work == "up")
                return grid;
            var ending = await grid.UpAsync(First);
            Assert.True(ending is null, $"{ending} at {grid.Proxy.Seen[^1]}: {grid.Proxy.Problem}");
            return grid;
        }

        public void Dispose() => Proxy.Dispose();

        /// <summary>Does the work. Returns null if it reports success, otherwise the id of the error.</summary>
        public Task<string?> WorkAsync() => _work switch
        {
            "up" => UpAsync(First),
            "recreate" => UpAsync(Changed),
            "down" => RunAsync(session => session.Plans.DownAsync(Down(volumes: true), default)),
            _ =>
                RunAsync(session =>
                    session.Plans.ScaleAsync(
                        new ScaleRequest
                        {
                            ProjectName = "faultgrid",
                            Project = First,
                            Replicas = new Dictionary<string, int> { ["web"] = 3 },
                        },
                        default)),
        };

        public Task<string?> UpAsync() => UpAsync(_work == "recreate" ? Changed : First);

        /// <summary>What the project still lacks; null if there is nothing to do.</summary>
        public async Task<string?> DifferenceAsync()
        {
            using var session = await SessionAsync();
            var plan = await session.Plans.UpAsync(_work == "recreate" ? Changed : First, new UpOptions(), Answers.None, default);
            return !plan.IsEmpty ? plan.Text : Memory is null || Made == Up ? null : Made;
        }

        public async Task CleanAsync()
        {
            using var session = await SessionAsync();
            await session.ExecuteAsync(
                await session.Plans.DownAsync(Down(volumes: true), default), new ExecuteOptions(), this, default);
        }

        private static DownRequest Down(bool volumes) =>
            new() { ProjectName = "faultgrid", Project = First, Volumes = volumes, Timeout = TimeSpan.Zero };

        private Task<string?> UpAsync(ComposeProject project) => EndingAsync(async session =>
        {
            var run = new UpRun(session, project, new UpOptions()) { ChecksEffects = true };
            while (await run.NextAsync(Answers.None, default) is { } plan)
                await run.ExecuteAsync(plan, new ExecuteOptions(), this, default);
            return run.Report!;
        });

        private Task<string?> RunAsync(Func<ProjectSession, Task<ComposePlan>> plan) =>
            EndingAsync(
                async session => await session.ExecuteAndCheckAsync(await plan(session), new ExecuteOptions(), this, default));

        private async Task<string?> EndingAsync(Func<ProjectSession, Task<ExecutionReport>> work)
        {
            try
            {
                using var session = await SessionAsync();
                var report = await work(session);
                Assert.All(report.Failed, failed => Assert.True(failed.Error!.Id != ExecuteErrors.Unexpected.Id, failed.Reason));
                return report.Succeeded ? null : $"{report.Failed[0].Error!.Id} ({report.Failed[0].Reason})";
            }
            catch (ComposeException exception)
            {
                return $"{exception.Info.Id} ({exception.Info.Message})";
            }
        }

        private Task<ProjectSession> SessionAsync() => ProjectSession.ConnectAsync(
            new SessionRequest
            {
                EngineHost = Proxy.Host,
                Environment = new Dictionary<string, string>(),
                HomeDirectory = "/nonexistent",
            }, default);

        private static ComposeProject Load(string yaml)
        {
            var directory = Directory.CreateTempSubdirectory("faults");
            try
            {
                File.WriteAllText(Path.Combine(directory.FullName, "compose.yaml"), yaml);
                return ProjectLoader.Load(
                    new Compose.Files.LoadRequest
                    {
                        WorkingDirectory = directory.FullName,
                        Environment = new Dictionary<string, string>(),
                    }).Project!;
            }
            finally
            {
                directory.Delete(true);
            }
        }

        public void Emit(ComposeEvent composeEvent)
        {
        }

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) => default;
    }

    /// <summary>The test engine; each request has a connection of its own.</summary>
    private sealed class RealEngine : IFaultBackend
    {
        public async Task<FaultReply> AnswerAsync(FaultRequest request)
        {
            using var engine = await SendAsync(request);
            using var answer = new MemoryStream();
            await engine.CopyToAsync(answer);
            var octets = answer.ToArray();
            if (octets.Length == 0)
                throw new IOException("The engine closed the connection without an answer.");
            var head = octets.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
            return new FaultReply(octets[..head], octets[head..], Closes: true);
        }

        public async Task StreamAsync(FaultRequest request, Stream client)
        {
            using var engine = await SendAsync(request);
            await engine.CopyToAsync(client);
        }

        private static async Task<Stream> SendAsync(FaultRequest request)
        {
            var engine = await TestEngine.DialAsync();
            var head = request.Head.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal);
            // Sent in one piece: an engine that has already answered reads no second piece.
            await engine.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. request.Body]);
            return engine;
        }
    }
}
