using System.Diagnostics;

namespace Compose.Bench;

/// <summary>Collects times by operation and prints rows for docs/benchmarks.md: medians in ms, and their ratios.</summary>
internal sealed class BenchTable(string subject, int runs)
{
    private readonly Dictionary<string, (List<double> Ours, List<double> Theirs, Dictionary<int, List<double>> Limit)> _times =
        [];

    public async Task OursAsync(string operation, Func<Task> work) => Of(operation).Ours.Add(await TimeAsync(work));

    public async Task TheirsAsync(string operation, Func<Task> work) => Of(operation).Theirs.Add(await TimeAsync(work));

    /// <summary>
    /// Adds a time of the bare engine with a number of workers. The number with the lowest median is used for comparison.
    /// </summary>
    public void Limit(string operation, int workers, double milliseconds)
    {
        var limit = Of(operation).Limit;
        if (!limit.TryGetValue(workers, out var times))
            limit[workers] = times = [];
        times.Add(milliseconds);
    }

    public void Print()
    {
        foreach (var (operation, (ours, theirs, limit)) in _times)
        {
            var bare = limit.Count == 0 ? "| | |" : AgainstLimit(Median(ours), [.. limit.Values]);
            Console.WriteLine(
                $"| {subject}, {operation} | {Median(ours):0} | {Median(theirs):0} | {Median(ours) / Median(theirs):0.00} "
                    + $"{bare}");
        }
    }

    /// <summary>
    /// The lowest median, the ratio to it, and in parentheses the ratio to the fastest run of each round, which depends on
    /// chance as much as on the number of workers.
    /// </summary>
    private string AgainstLimit(double ours, List<List<double>> limit)
    {
        var least = limit.Min(Median);
        var quickest = Median([.. limit[0].Select((_, round) => limit.Min(times => times[round]))]);
        return $"| {least:0} | {ours / least:0.00} ({ours / quickest:0.00}) |";
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private (List<double> Ours, List<double> Theirs, Dictionary<int, List<double>> Limit) Of(string operation)
    {
        if (!_times.TryGetValue(operation, out var times))
            _times[operation] = times = ([], [], []);
        return times;
    }

    private double Median(List<double> times) => times.Order().ElementAt(Math.Min(runs, times.Count) / 2);
}
