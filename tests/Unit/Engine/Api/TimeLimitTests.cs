using System.Diagnostics;
using System.Reflection;
using System.Text;
using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Engine.Transport;
using Compose.Errors;

namespace Compose.Tests.Engine.Api;

/// <summary>
/// The time limits when an engine stops answering: before the head of its answer, after it, and in its body.
/// </summary>
public class TimeLimitTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    /// <summary>Calls that look up the container's own grace period; another test covers them.</summary>
    private static readonly string[] WithGrace = ["ContainersApi.StopAsync/3 1", "ContainersApi.RestartAsync/3 1"];

    /// <summary>Calls without a time limit: they end with the engine, a container or a registry, or when cancelled.</summary>
    private static readonly string[] WithoutLimit =
    [
        "ContainersApi.ExportAsync/2 0", "ContainersApi.ExportAsync/2 1",
        "ContainersApi.GetArchiveAsync/3 0", "ContainersApi.GetArchiveAsync/3 1",
        "ContainersApi.PutArchiveAsync/5 0", "ContainersApi.PutArchiveAsync/5 1",
        "ContainersApi.CommitAsync/3 0", "ContainersApi.CommitAsync/3 1",
        "ContainersApi.LogsAsync/3 0", "ContainersApi.LogsAsync/3 1",
        "ContainersApi.StatsStreamAsync/2 0", "ContainersApi.StatsStreamAsync/2 1",
        "ImagesApi.BuildAsync/5 0", "ImagesApi.BuildAsync/5 1",
        "ImagesApi.PullAsync/5 0", "ImagesApi.PullAsync/5 1",
        "ImagesApi.PushAsync/4 0", "ImagesApi.PushAsync/4 1",
        "SwarmApi.ServiceLogsAsync/3 1", "SwarmApi.TaskLogsAsync/3 1",
        "SystemApi.EventsAsync/3 0", "SystemApi.EventsAsync/3 1",
        "SystemApi.EventsAsync/4 0", "SystemApi.EventsAsync/4 1",
        "SystemApi.PastEventsAsync/4 0", "SystemApi.PastEventsAsync/4 1",
    ];

    /// <summary>Calls whose limit covers only the head; after it come nothing, a stream, or the exit of a container.</summary>
    private static readonly string[] OnlyHead =
    [
        "ContainersApi.StatPathAsync/3 0", "ContainersApi.StatPathAsync/3 1",
        "ContainersApi.WaitAsync/3 0", "ContainersApi.WaitAsync/3 1",
        "ContainersApi.AttachAsync/4 0", "ContainersApi.AttachAsync/4 1",
        "ContainersApi.StartExecAsync/3 0", "ContainersApi.StartExecAsync/3 1",
        "SwarmApi.ServiceLogsAsync/3 0", "SwarmApi.TaskLogsAsync/3 0",
    ];

    private static readonly WrongAnswer BeforeHead = new("before the head", [], KeepsOpen: true);

    private static readonly WrongAnswer WithinHead = new(
        "within the head", Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-"), KeepsOpen: true);

    private static readonly WrongAnswer[] Silences =
    [
        BeforeHead,
        WithinHead,
        new("after the head", Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"), KeepsOpen: true),
        new(
            "in the body", Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[{\r\n"),
            KeepsOpen: true),
        new("in a refusal", Encoding.ASCII.GetBytes("HTTP/1.1 500 No\r\nContent-Length: 50\r\n\r\n{"), KeepsOpen: true),
    ];

    public static TheoryData<string> Limited =>
        [.. ApiCalls.Names.Except(WithoutLimit).Except(WithGrace).Where(call => call.Contains("Api.", StringComparison.Ordinal))];

    public static TheoryData<string> Unlimited => [.. WithoutLimit];

    [Theory]
    [MemberData(nameof(Limited))]
    public async Task A_request_ends_when_its_time_is_over_wherever_the_engine_stopped(string call)
    {
        var silences = Silences.Where(silence => !OnlyHead.Contains(call) || silence == BeforeHead || silence == WithinHead);
        var offences = await Task.WhenAll(
            from kind in new[] { TransportKind.Default, TransportKind.Http1 }
            from silence in silences
            select OffenceAsync(call, kind, silence));

        Assert.True(offences.All(offence => offence is null), string.Join("\n", offences));
    }

    private static async Task<string?> OffenceAsync(string call, TransportKind kind, WrongAnswer silence)
    {
        using var engine = new WrongEngine { Answer = silence };
        using var client = await ConnectAsync(engine, kind, Short);
        var error = await FailureAsync(() => AnswerUse.AllAsync(ApiCalls.Make(call, client, CancellationToken.None)));
        return error is ComposeException {
            Info: { Id: "EngineNoAnswer", Category: ErrorCategory.OperationTimeout, Target: not null } info}
            && info.Advice!.Contains("-EngineTimeout", StringComparison.Ordinal)
            ? null
            : $"{kind}, {silence}: {error}";
    }

    [Theory]
    [MemberData(nameof(Unlimited))]
    public async Task What_takes_as_long_as_it_takes_ends_when_it_is_cancelled(string call)
    {
        using var engine = new WrongEngine { Answer = BeforeHead };
        using var client = await ConnectAsync(engine, TransportKind.Default, Short);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var clock = Stopwatch.StartNew();

        Assert.IsAssignableFrom<OperationCanceledException>(
            await FailureAsync(() => AnswerUse.AllAsync(ApiCalls.Make(call, client, stop.Token))));
        Assert.True(clock.ElapsedMilliseconds >= 400, "It had a limit.");
    }

    [Theory]
    [InlineData((int)TransportKind.Default)]
    [InlineData((int)TransportKind.Http1)]
    public async Task Cancelling_does_not_wait_for_the_limit(int kind)
    {
        using var engine = new WrongEngine { Answer = BeforeHead };
        using var client = await ConnectAsync(engine, (TransportKind)kind, TimeSpan.FromMinutes(1));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();

        Assert.IsAssignableFrom<OperationCanceledException>(
            await FailureAsync(() => client.Containers.StopAsync("x", null, stop.Token)));
        Assert.IsAssignableFrom<OperationCanceledException>(
            await FailureAsync(() => client.Containers.ListAsync(true, null, stop.Token)));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
    }

    [Fact]
    public async Task Without_a_limit_an_engine_is_waited_for_until_it_is_cancelled()
    {
        using var engine = new WrongEngine { Answer = BeforeHead };
        using var client = await ConnectAsync(engine, TransportKind.Default, TimeSpan.Zero);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));

        Assert.IsAssignableFrom<OperationCanceledException>(await FailureAsync(() => client.System.InfoAsync(stop.Token)));
    }

    [Theory]
    [InlineData("create", "did not answer the request to create 'web-1' within 0.1 seconds. 'web-1' may exist all the same.")]
    [InlineData("remove", "did not answer the request to remove 'web-1' within 1 second. It may be done all the same.")]
    [InlineData("list", "did not answer the request for 'containers' within 0.1 seconds.")]
    public async Task The_error_says_what_was_asked_and_what_may_have_come_of_it(string request, string words)
    {
        using var engine = new WrongEngine { Answer = BeforeHead };
        using var client = await ConnectAsync(engine, TransportKind.Default, TimeSpan.FromMilliseconds(100));

        var error = (ComposeException)(await FailureAsync(() => request switch
        {
            "create" => client.Containers.CreateAsync("web-1", null, new() { Image = "x" }, CancellationToken.None),
            "remove" => client.Containers.RemoveAsync("web-1", volumes: true, CancellationToken.None),
            _ => client.Containers.ListAsync(true, null, CancellationToken.None),
        }))!;

        Assert.EndsWith(words, error.Info.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, null, 1)]
    [InlineData(null, 11, 11)]
    [InlineData(0, 11, 0)]
    public async Task A_stop_may_take_its_grace_longer(int? given, int? own, int grace)
    {
        using var engine = new WrongEngine { Answer = BeforeHead };
        engine.ValidAnswers["/x/json"] = $"{{\"Id\":\"x\",\"Config\":{{\"StopTimeout\":{own?.ToString() ?? "null"}}}}}";
        using var client = await ConnectAsync(engine, TransportKind.Default, TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();

        var error = (ComposeException)(
            await FailureAsync(() => client.Containers.StopAsync("x", given, CancellationToken.None)))!;

        Assert.Equal("EngineNoAnswer", error.Info.Id);
        Assert.Contains($"the request to stop 'x' within {grace}.2 seconds", error.Info.Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed.TotalSeconds >= grace, "It did not wait for the grace.");
    }

    private static Task<EngineClient> ConnectAsync(WrongEngine engine, TransportKind kind, TimeSpan timeLimit) =>
        ConnectAsync(engine, kind, timeLimit, tries: 40);

    /// <summary>Tries again when the ping exceeds the short limit of the test, as it can on a busy machine.</summary>
    private static async Task<EngineClient> ConnectAsync(WrongEngine engine, TransportKind kind, TimeSpan timeLimit, int tries)
    {
        try
        {
            return await EngineClient.ConnectAsync(engine.Endpoint with { Timeout = timeLimit }, CancellationToken.None, kind);
        }
        catch (ComposeException exception) when (exception.Info.Id == "EngineNoAnswer" && tries > 1)
        {
            return await ConnectAsync(engine, kind, timeLimit, tries - 1);
        }
    }

    private static async Task<Exception?> FailureAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
