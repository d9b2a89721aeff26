using System.Diagnostics;

namespace Compose.Bench;

/// <summary>Times by operation, printed as rows of docs/benchmarks.md: medians in ms, and their ratios.</summary>
internal sealed class BenchTable(string subject, int runs)
{
    private readonly Dictionary<string, (List<double> Ours, List<double> Theirs, List<double> Limit)> _times = [];

    public async Task OursAsync(string operation, Func<Task> work) => Of(operation).Ours.Add(await TimeAsync(work));

    public async Task TheirsAsync(string operation, Func<Task> work) => Of(operation).Theirs.Add(await TimeAsync(work));

    public void Limit(string operation, double milliseconds) => Of(operation).Limit.Add(milliseconds);

    public void Print()
    {
        foreach (var (operation, (ours, theirs, limit)) in _times)
        {
            var bare = limit.Count == 0 ? "| | |" : $"| {Median(limit):0} | {Median(ours) / Median(limit):0.00} |";
            Console.WriteLine($"| {subject}, {operation} | {Median(ours):0} | {Median(theirs):0} | {Median(ours) / Median(theirs):0.00} {bare}");
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private (List<double> Ours, List<double> Theirs, List<double> Limit) Of(string operation)
    {
        if (!_times.TryGetValue(operation, out var times))
            _times[operation] = times = ([], [], []);
        return times;
    }

    private double Median(List<double> times) => times.Order().ElementAt(Math.Min(runs, times.Count) / 2);
}
