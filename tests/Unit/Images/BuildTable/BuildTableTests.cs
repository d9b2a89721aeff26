using System.Text;
using Compose.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Images.BuildTable;

/// <summary>
/// The table of builds: each is made natively, by buildx and by the classic builder, and compared in config and files with docker compose where
/// that is there, else with what it made before. COMPOSE_TEST_FULL=1 takes all of it, else every fourth is taken.
/// </summary>
[Collection(BuildxTests.Path)]
public sealed class BuildTableTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("COMPOSE_TEST_FULL") == "1";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden", "BuildTable");
    private static readonly IReadOnlyList<BuildCase> Cases = BuildCase.Read(Path.Combine(Folder, "cases.txt"));

    [Fact]
    public void The_table_is_long_enough_and_names_each_build_once()
    {
        Assert.True(Cases.Count >= 120, $"There are {Cases.Count} builds.");
        Assert.Equal(Cases.Count, Cases.Select(one => one.Name).Distinct().Count());
    }

    [EngineFact]
    public Task Builds_without_a_session() => CompareAsync("native", Cases, new BuildOptions(), "1");

    [EngineFact]
    public Task Builds_by_the_classic_builder() => CompareAsync("classic", Cases.Where(one => !one.IsForBuildKit), new BuildOptions(), "0");

    [BuildxFact]
    public Task Builds_by_buildx() => CompareAsync("buildx", Cases, new BuildOptions { Builder = "default" }, "1");

    private static async Task CompareAsync(string builder, IEnumerable<BuildCase> all, BuildOptions options, string buildKit)
    {
        var cases = all.Where((_, index) => Full || index % 4 == 0).ToList();
        using var buildx = builder == "buildx" ? new BuildxOnPath() : null;
        await using var ours = await EngineProject.CreateAsync("table" + builder);
        var yaml = new StringBuilder("services:\n");
        foreach (var one in cases)
            yaml.Append(one.Write(ours.Folder));
        var variables = new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = buildKit };
        try
        {
            var report = await ours.RunAsync(await ours.Session.PlanBuildAsync(ours.Load(yaml.ToString(), variables), new ImageRequest { Build = options }, CancellationToken.None));

            Assert.Equal(
                cases.Where(one => IsRefused(one)).Select(one => one.Name).Order(),
                report.Failed.Select(failed => ((BuildImage)failed.Step!).Service + (IsExpected(failed) ? "" : ": " + failed.Error!.Message)).Order());
            var built = await BuiltImages.ReadAsync(cases.Where(one => !IsRefused(one)).Select(one => $"{ours.Name}-{one.Name}"));
            var made = built.ToDictionary(image => image.Key[(ours.Name.Length + 1)..], image => image.Value, StringComparer.Ordinal);
            var expected = await PeerAsync(builder, cases.Where(one => !IsRefused(one)), ours.Folder, buildKit) ?? Golden(builder);
            var wrong = made.Where(image => expected.TryGetValue(image.Key, out var right) ? right != image.Value : true)
                .Select(image => $"=== {image.Key}\nours:\n{image.Value}expected:\n{expected.GetValueOrDefault(image.Key)}");
            Assert.True(made.Count > 0 && !wrong.Any(), string.Join("\n", wrong));
        }
        finally
        {
            await RemoveAsync(ours, cases);
        }

        bool IsExpected(Compose.Execute.ActionResult failed) => cases.Any(one => IsRefused(one) && one.Name == ((BuildImage)failed.Step!).Service);

        bool IsRefused(BuildCase one) => one.IsRefused || (builder == "native" && one.NeedsSession);
    }

    /// <summary>What docker compose makes; null where it is not there.</summary>
    private static async Task<IReadOnlyDictionary<string, string>?> PeerAsync(string builder, IEnumerable<BuildCase> cases, string folder, string buildKit)
    {
        if (TestEngine.Peer is null || !File.Exists(Path.Combine(Path.GetDirectoryName(TestEngine.Peer)!, "docker-buildx")))
            return null;
        await using var peer = await EngineProject.CreateAsync("tablepeer" + builder);
        var built = cases.ToList();
        peer.Write("compose.yaml", "services:\n" + string.Concat(built.Select(one => one.Write(folder))));
        var before = Environment.GetEnvironmentVariable("DOCKER_BUILDKIT");
        using var buildx = new BuildxOnPath();
        Environment.SetEnvironmentVariable("DOCKER_BUILDKIT", buildKit);
        try
        {
            var (code, output) = await peer.PeerAsync("build", "-q");
            Assert.True(code == 0, output);
            var images = (await BuiltImages.ReadAsync(built.Select(one => $"{peer.Name}-{one.Name}"))).ToDictionary(image => image.Key[(peer.Name.Length + 1)..], image => image.Value, StringComparer.Ordinal);
            WriteGolden(builder, images);
            return images;
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOCKER_BUILDKIT", before);
            await RemoveAsync(peer, built);
        }
    }

    private static IReadOnlyDictionary<string, string> Golden(string builder)
    {
        var images = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in File.ReadAllText(Path.Combine(Folder, GoldenName(builder))).Replace("\r\n", "\n", StringComparison.Ordinal).Split("=== ").Skip(1))
            images[part[..part.IndexOf('\n')]] = part[(part.IndexOf('\n') + 1)..];
        return images;
    }

    private static void WriteGolden(string builder, Dictionary<string, string> images)
    {
        if (Full && Environment.GetEnvironmentVariable("UPDATE_GOLDENS") is { Length: > 0 } directory)
            File.WriteAllText(Path.Combine(directory, GoldenName(builder)), string.Concat(images.OrderBy(image => image.Key, StringComparer.Ordinal).Select(image => $"=== {image.Key}\n{image.Value}")));
    }

    private static string GoldenName(string builder) => builder == "classic" ? "classic.txt" : "buildkit.txt";

    private static async Task RemoveAsync(EngineProject project, IEnumerable<BuildCase> cases)
    {
        foreach (var one in cases.Where(one => !one.IsRefused))
        {
            if (await TestRegistry.ExistsAsync(project.Session.Engine, $"{project.Name}-{one.Name}", CancellationToken.None))
                await project.Session.Engine.Images.RemoveAsync($"{project.Name}-{one.Name}", true, CancellationToken.None);
        }
    }
}
