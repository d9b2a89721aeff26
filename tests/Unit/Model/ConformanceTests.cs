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
        foreach (var argument in new[] { $"{SharedData.Folder}/tools/conformance/score.py", $"{SharedData.Folder}/corpus/cases.jsonl", "--", "dotnet", runner, "config", "--batch" })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var report = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        output.WriteLine(report + await errors);

        var total = Regex.Match(report, @"^total (\d+), passed (\d+)", RegexOptions.Multiline);
        Assert.True(total.Success, report);
        Assert.InRange(Number(2) / (double)Number(1), 0.995, 1);

        int Number(int group) => int.Parse(total.Groups[group].Value, CultureInfo.InvariantCulture);
    }
}
