using Compose.Plan;
using Compose.Plan.Input;
using Compose.Tests.Images.Buildx;
using Compose.Tests.Images.Registry;
using Compose.Tests.Support;

namespace Compose.Tests.Images.BuildTable;

/// <summary>
/// The table of builds. Each is built over the API, by buildx and by the classic builder, and its config and files are compared
/// with docker compose's, or with its recorded result where docker compose is missing. COMPOSE_TEST_FULL=1 runs all, otherwise
/// every fourth.
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

    [UnixEngineFact]
    public Task Builds_without_a_session() => CompareAsync("native", Cases, new BuildOptions(), "1");

    [UnixEngineFact]
    public Task Builds_by_the_classic_builder() =>
        CompareAsync("classic", Cases.Where(one => !one.IsForBuildKit), new BuildOptions(), "0");

    [BuildxFact]
    public Task Builds_by_buildx() => CompareAsync("buildx", Cases, new BuildOptions { Builder = "default" }, "1");

    private static async Task CompareAsync(string builder, IEnumerable<BuildCase> all, BuildOptions options, string buildKit)
    {
        var cases = all.Where((_, index) => Full || index % 4 == 0).ToList();
        using var buildx = builder == "buildx" ? new BuildxOnPath() : null;
        await using var ours = await EngineProject.CreateAsync("table" + builder);
        var older = !ours.Session.Engine.HasBuildKit;
        var yaml = "services:\n" + string.Concat(cases.Select(one => one.Write(ours.Folder)));
        var variables = new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = buildKit };
        try
        {
            var report = await ours.RunAsync(
                await ours.Session.Plans.BuildAsync(
                    ours.Load(yaml, variables), new ImageRequest { Build = options }, CancellationToken.None));

            var failed = report.Failed.ToDictionary(
                failure => ((BuildImage)failure.Step!).Service, failure => failure.Error!.Message);
            AssertNone(
                cases.Where(one => one.IsRefusedBy(builder, older) != failed.ContainsKey(one.Name))
                    .Select(one => $"{one.Name}: {failed.GetValueOrDefault(one.Name, "is built")}"));
            var built = cases.Where(one => !one.IsRefusedBy(builder, older)).ToList();
            var made = await ImagesAsync(ours, built);
            // On an older engine docker compose fails, because it leaves contexts to buildx, while a build without a session
            // succeeds.
            var peer = await PeerAsync(builder, [.. built.Where(one => !one.IsRefusedBy("buildx", older))], buildKit);
            // An older BuildKit leaves the mount points in the image, so the recorded results of a newer one do not apply.
            var golden = older && builder != "classic" ? [] : Golden(builder);
            AssertNone(
                built.Select(one =>
                (
                    one.Name,
                    Right: peer?.GetValueOrDefault(one.Name) ?? golden.GetValueOrDefault(one.Name),
                    Ours: made.GetValueOrDefault(one.Name)))
                .Where(image => image.Ours is null || (image.Ours != image.Right && (image.Right is not null || !older)))
                .Select(image => $"=== {image.Name}\nours:\n{image.Ours}expected:\n{image.Right}"));
        }
        finally
        {
            await RemoveAsync(ours, cases);
        }
    }

    private static void AssertNone(IEnumerable<string> wrong) => Assert.True(!wrong.Any(), string.Join("\n", wrong));

    /// <summary>What docker compose builds; null if it is missing.</summary>
    private static async Task<IReadOnlyDictionary<string, string>?> PeerAsync(
        string builder, IReadOnlyList<BuildCase> cases, string buildKit)
    {
        if (TestEngine.Peer is null || !File.Exists(Path.Combine(Path.GetDirectoryName(TestEngine.Peer)!, "docker-buildx")))
            return null;
        await using var peer = await EngineProject.CreateAsync("tablepeer" + builder);
        peer.Write("compose.yaml", "services:\n" + string.Concat(cases.Select(one => one.Write(peer.Folder))));
        var before = Environment.GetEnvironmentVariable("DOCKER_BUILDKIT");
        using var buildx = new BuildxOnPath();
        Environment.SetEnvironmentVariable("DOCKER_BUILDKIT", buildKit);
        try
        {
            // docker compose builds all in parallel, and BuildKit loses builds when there are a hundred.
            foreach (var part in cases.Chunk(20))
            {
                var (code, output) = await peer.PeerAsync(["build", "-q", .. part.Select(one => one.Name)]);
                Assert.True(code == 0, output);
            }

            var images = await ImagesAsync(peer, cases);
            WriteGolden(builder, images);
            return images;
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOCKER_BUILDKIT", before);
            await RemoveAsync(peer, cases);
        }
    }

    /// <summary>The images of a project, by service.</summary>
    private static async Task<Dictionary<string, string>> ImagesAsync(EngineProject project, IEnumerable<BuildCase> cases) =>
        (await BuiltImages.ReadAsync(cases.Select(one => $"{project.Name}-{one.Name}")))
            .ToDictionary(image => image.Key[(project.Name.Length + 1)..], image => image.Value, StringComparer.Ordinal);

    private static Dictionary<string, string> Golden(string builder) =>
        File.ReadAllText(Path.Combine(Folder, GoldenName(builder)))
        .Replace("\r\n", "\n", StringComparison.Ordinal).Split("=== ").Skip(1)
        .ToDictionary(part => part[..part.IndexOf('\n')], part => part[(part.IndexOf('\n') + 1)..], StringComparer.Ordinal);

    private static void WriteGolden(string builder, Dictionary<string, string> images)
    {
        // Two lanes have the same recorded result; one of them writes it.
        if (Full && builder != "native" && Environment.GetEnvironmentVariable("UPDATE_GOLDENS") is { Length: > 0 } directory)
            File.WriteAllText(
                Path.Combine(directory, GoldenName(builder)),
                string.Concat(
                    images.OrderBy(image => image.Key, StringComparer.Ordinal)
                        .Select(image => $"=== {image.Key}\n{image.Value}")));
    }

    private static string GoldenName(string builder) => builder == "classic" ? "classic.txt" : "buildkit.txt";

    private static async Task RemoveAsync(EngineProject project, IEnumerable<BuildCase> cases)
    {
        foreach (var one in cases)
        {
            if (await TestRegistry.ExistsAsync(project.Session.Engine, $"{project.Name}-{one.Name}", CancellationToken.None))
                await project.Session.Engine.Images.RemoveAsync($"{project.Name}-{one.Name}", true, CancellationToken.None);
        }
    }
}
