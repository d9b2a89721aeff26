using System.Diagnostics;
using Compose.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Plan;

/// <summary>Four times the input takes about four times the time, not sixteen times.</summary>
public class LinearTests
{
    private const int Factor = 4;

    /// <summary>A ratio between 4 and 16, with room for a busy machine.</summary>
    private const double MaxRatio = 9;

    /// <summary>In milliseconds. Shorter times are ignored, because one garbage collection would distort the ratio.</summary>
    private const double Negligible = 200;

    [Theory]
    [InlineData("unset variables of one line", 8_000)]
    [InlineData("unset variables of many lines", 8_000)]
    [InlineData("ports", 8_000)]
    [InlineData("services", 1_500)]
    [InlineData("services that depend on the one before", 1_500)]
    [InlineData("networks", 500)]
    [InlineData("volumes", 500)]
    public void Loading_is_linear(string kind, int size) =>
        AssertLinear(kind, size, count => Text(kind, count), text => LoadedFiles.Load(text));

    [Theory]
    [InlineData("ports", 8_000)]
    [InlineData("services", 1_000)]
    [InlineData("services that depend on the one before", 1_000)]
    [InlineData("networks", 500)]
    [InlineData("volumes", 500)]
    [InlineData("replicas", 1_000)]
    public void A_plan_and_its_text_are_linear(string kind, int size) =>
        AssertLinear(
            kind, size, count => new Situation(Text(kind, count)),
            situation => Assert.Contains("Create", Planned(situation).Text, StringComparison.Ordinal));

    [Fact]
    public void A_plan_over_what_runs_is_linear() =>
        AssertLinear("running services", 600, Running, situation => Planned(situation).ToString());

    private static Situation Running(int count)
    {
        var situation = new Situation(Text("services", count)).Network("default");
        for (var number = 0; number < count; number++)
            situation.Container($"s{number}");
        return situation;
    }

    private static ComposePlan Planned(Situation situation) => situation.Up();

    private static string Text(string kind, int count) => kind switch
    {
        "unset variables of one line" =>
            "services: {web: {image: x, environment: [" + Each(count, number => $"'V{number}=${{NO{number}}}', ") + "]}}",
        "unset variables of many lines" =>
            "services:\n  web:\n    image: x\n    environment:\n" + Each(count, number => $"      V{number}: ${{NO{number}}}\n"),
        "ports" => $"services: {{web: {{image: x, ports: ['1-{count}:1-{count}']}}}}",
        "services" => "services:\n" + Each(count, number => $"  s{number}: {{image: x}}\n"),
        "services that depend on the one before" =>
            "services:\n  s0: {image: x}\n" + Each(
                count - 1,
                number =>
                    $"  s{number + 1}: {{image: x, depends_on: {{s{number}: {{condition: service_completed_successfully}}}}}}\n"),
        "networks" =>
            "services:\n" + Each(
                count,
                number => $"  s{number}: {{image: x, networks: [n{number}]}}\n") + "networks:\n" + Each(
                    count, number => $"  n{number}: {{}}\n"),
        "volumes" =>
            "services:\n" + Each(
                count,
                number => $"  s{number}: {{image: x, volumes: ['v{number}:/v']}}\n") + "volumes:\n" + Each(
                    count, number => $"  v{number}: {{}}\n"),
        _ => $"services: {{web: {{image: x, scale: {count}}}}}",
    };

    private static string Each(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    private static void AssertLinear<T>(string kind, int size, Func<int, T> make, Action<T> use)
    {
        var (small, large) = (make(size), make(size * Factor));
        Time(small);
        var (once, more) = (double.MaxValue, double.MaxValue);
        for (var attempt = 1; ; attempt++)
        {
            // The minimum of all attempts: other programs can only make them longer.
            once = Math.Min(once, Math.Min(Time(small), Time(small)));
            more = Math.Min(more, Time(large));
            if (more / once < MaxRatio || more < Negligible)
                return;
            Assert.True(attempt < 15, $"{kind}: {size} take {once:0} ms, {size * Factor} take {more:0} ms.");
        }

        double Time(T input)
        {
            var watch = Stopwatch.StartNew();
            use(input);
            return watch.Elapsed.TotalMilliseconds;
        }
    }
}
