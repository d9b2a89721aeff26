using System.Reflection;
using System.Runtime.InteropServices;
using Compose.Engine.Api;
using Compose.Engine.Transport;
using Compose.Errors;

namespace Compose.Tests.Engine.Api;

/// <summary>Every known invalid answer, to every request a client can make, over both HTTP clients.</summary>
public class WrongAnswerTests
{
    private const int Seconds = 20;

    public static TheoryData<string> Calls => [.. ApiCalls.Names];

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    // Under Wine connections are slow, so only the default client is tested; ours is the same on every platform.
    private static (TransportKind Kind, bool IsPodman)[] Clients =>
        IsWindows ? [(TransportKind.Default, false)] : [(TransportKind.Default, false), (TransportKind.Http1, true)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_wrong_answer_is_an_error_of_ours_or_does_no_harm(string call)
    {
        var failures = new List<string>();
        foreach (var (kind, isPodman) in Clients)
        {
            using var engine = new WrongEngine(isPodman);
            foreach (var answer in Answers(call))
            {
                engine.Answer = answer;
                if (await FailureAsync(engine, kind, call) is { } failure)
                    failures.Add($"{kind}, {answer}: {failure}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count}\n" + string.Join("\n", failures.Take(20)));
    }

    /// <summary>Every answer. Under Wine a quarter of them, another for each of four calls in a row.</summary>
    private static IEnumerable<WrongAnswer> Answers(string call)
    {
        var place = ApiCalls.Names.TakeWhile(name => name != call).Count();
        return WrongAnswers.All.Where((_, number) => !IsWindows || number % 4 == place % 4);
    }

    private static async Task<string?> FailureAsync(WrongEngine engine, TransportKind kind, string call)
    {
        using var stop = new CancellationTokenSource();
        var work = CallAsync(engine, kind, call, stop.Token);
        if (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(Seconds))) != work)
        {
            stop.Cancel();
            return $"not over after {Seconds} seconds";
        }

        return await work;
    }

    /// <summary>Describes an exception that is not a complete ComposeException; null when there is none.</summary>
    private static async Task<string?> CallAsync(
        WrongEngine engine, TransportKind kind, string call, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await EngineClient.ConnectAsync(engine.Endpoint, cancellationToken, kind);
            await AnswerUse.AllAsync(ApiCalls.Make(call, client, cancellationToken));
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.ToString();
        }
        catch (ComposeException exception)
        {
            var info = exception.Info;
            return info.Id.Length > 0
                && info.Advice is { Length: > 0 }
                && info.Target is not null
                && info.Category != ErrorCategory.NotSpecified
                && info.Id != EngineErrors.NoAnswer.Id && !info.Message.Contains("System.", StringComparison.Ordinal)
                ? null
                : $"{info}, about '{info.Target}'; {info.Advice}";
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }
}
