using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Compose.Tests.Support;
using Xunit.Abstractions;

namespace Compose.Tests.Model;

/// <summary>The corpus of compose files with docker compose's answers, scored by its own tool.</summary>
public class ConformanceTests(ITestOutputHelper output)
{
    [SharedFact]
    public async Task At_least_995_of_1000_cases_agree()
    {
        var runner = Path.Combine(AppContext.BaseDirectory, "Compose.CoreRunner.dll");
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        var failures = Path.GetTempFileName();
        foreach (var argument in new[] {
            $"{SharedData.Folder}/tools/conformance/score.py", "--failures", failures, $"{SharedData.Folder}/corpus/cases.jsonl",
            "--", "dotnet", runner, "config", "--batch"})
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var report = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        output.WriteLine(report + await errors + File.ReadAllText(failures));
        File.Delete(failures);

        var total = Regex.Match(report, @"^total (\d+), passed (\d+)", RegexOptions.Multiline);
        Assert.True(total.Success, report);
        Assert.InRange(Number(total, 2) / (double)Number(total, 1), 0.995, 1);
        var placed = Regex.Match(report, @"tell file and line: (\d+) of (\d+)");
        Assert.Equal(Number(placed, 2), Number(placed, 1));

        static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }
}
