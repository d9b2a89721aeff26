using System.Diagnostics;
using System.Globalization;
using Compose.Errors;
using Compose.Execute.Running;
using Compose.Files;
using Compose.Model.Config;
using Compose.Model.Loading;
using Compose.Model.Origins;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Up;
using Compose.State;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>
/// Randomly damaged files of the corpus end in a project and a plan, or in diagnostics; never in an exception, and soon.
/// COMPOSE_FUZZ_SECONDS or COMPOSE_FUZZ_COUNT sets how long it runs, COMPOSE_FUZZ_SEED the random numbers, and
/// COMPOSE_FUZZ_KEEP a folder for files that failed. A failure names the seed and the case.
/// </summary>
public class MutationTests
{
    private const int MostFailures = 20;
    private const long MostBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>
    /// A run with a count has the process to itself, so the processor time is that of one file. Otherwise other tests run
    /// beside it, and elapsed time is measured.
    /// </summary>
    private static readonly bool IsAlone = Number("COMPOSE_FUZZ_COUNT", 0) > 0;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(IsAlone ? 2 : 15);

    private static readonly UpOptions Options = new();

    [SharedFact]
    public void A_damaged_file_is_told_of()
    {
        var (count, seconds) = (
            Number("COMPOSE_FUZZ_COUNT", int.MaxValue), Number("COMPOSE_FUZZ_SECONDS", IsAlone ? int.MaxValue : 15));
        var seed = Number("COMPOSE_FUZZ_SEED", 20_261);
        var texts = Directory.GetFiles(Path.Combine(SharedData.Folder!, "corpus"), "*.y*ml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .ToList();
        var mutation = new Mutation(texts, new Random(seed));
        var directory = Directory.CreateTempSubdirectory("mutated");
        var path = Path.Combine(directory.FullName, "compose.yaml");
        var failures = new List<string>();
        var (longest, largest, number, projects) = (TimeSpan.Zero, 0L, 0, 0);
        var watch = Stopwatch.StartNew();
        try
        {
            for (; number < count && watch.Elapsed.TotalSeconds < seconds && failures.Count < MostFailures; number++)
            {
                var text = mutation.Next();
                File.WriteAllText(path, text);
                var (began, bytes) = (watch.Elapsed, GC.GetTotalAllocatedBytes());
                try
                {
                    projects += Use([.. Enumerable.Repeat(path, mutation.Layers)], needsFiles: number % 4 == 0) ? 1 : 0;
                }
                catch (Exception exception)
                {
                    Fail($"ended in {exception}", text);
                }

                var took = watch.Elapsed - began;
                bytes = GC.GetTotalAllocatedBytes() - bytes;
                // Elapsed time is longer on a busy machine, so a slow file is run again and its processor time is measured.
                if (took > Longest && IsAlone)
                    took = WorkOf(() => Use([.. Enumerable.Repeat(path, mutation.Layers)], needsFiles: number % 4 == 0));
                if (took > Longest || bytes > MostBytes)
                    Fail(FormattableString.Invariant($"took {took.TotalSeconds:0.0} s and {bytes / 1_000_000} MB."), text);
                (longest, largest) = (took > longest ? took : longest, Math.Max(bytes, largest));
                if (number % 10_000 == 0)
                    WriteFigures();
            }
        }
        finally
        {
            directory.Delete(true);
        }

        WriteFigures();
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Take(3)));

        void WriteFigures()
        {
            if (Environment.GetEnvironmentVariable("COMPOSE_FUZZ_KEEP") is not { } folder)
                return;
            var counted = $"{number} files, {projects} of them projects, {failures.Count} failures";
            var figures = FormattableString.Invariant(
                $"{counted}; one took {longest.TotalMilliseconds:0} ms, and one {largest / 1_000_000} MB; {watch.Elapsed}.\n");
            File.WriteAllText(Path.Combine(folder, $"figures-{seed}"), figures);
        }

        void Fail(string what, string text)
        {
            failures.Add($"Case {number} of seed {seed} {what}\n{(text.Length > 5_000 ? text[..5_000] : text)}");
            if (Environment.GetEnvironmentVariable("COMPOSE_FUZZ_KEEP") is not { } folder)
                return;
            File.WriteAllText(Path.Combine(folder, $"{seed}-{number}.yaml"), text);
            File.WriteAllText(Path.Combine(folder, $"{seed}-{number}.txt"), $"{mutation.Layers} layers\n{what}");
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? asked
            : otherwise;

    private static TimeSpan WorkOf(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return process.TotalProcessorTime - before;
    }

    /// <summary>True if the result is a project.</summary>
    private static bool Use(IReadOnlyList<string> paths, bool needsFiles)
    {
        var request = new LoadRequest
        {
            WorkingDirectory = Path.GetDirectoryName(paths[0])!,
            Paths = paths,
            ProjectName = "p",
            ForCreation = needsFiles,
            Environment = new Dictionary<string, string> { ["A"] = "1" },
        };
        var result = ProjectLoader.Load(request);
        if (result.Project is not { } project)
        {
            Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            return false;
        }

        ConfigWriter.ToYaml(project);
        ConfigWriter.ToJson(project);
        ProvenanceReader.Read(project);
        foreach (var service in project.Services.Values)
            ConfigHash.Of(service);
        try
        {
            var state = new ObservedState { EngineHost = "unix:///engine.sock", ProjectName = "p", ApiMinor = 51 };
            var context = new PlanContext(
                BuildPlatforms.Rewrite(ImageMountRewrite.Rewrite(ApiSocketRewrite.Rewrite(project))), state, Options,
                Answers.None,
                Hashing.Rules);
            Assert.NotEmpty(UpPlanner.Whole(context).Text);
        }
        catch (ComposeException refused)
        {
            Assert.NotNull(refused.Info.Advice);
        }

        return true;
    }
}
