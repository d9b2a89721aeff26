using Compose.Images;
using Compose.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Images;

/// <summary>Builds that need a session: the command, and the program where it is beside docker compose.</summary>
[Collection(Path)]
public sealed class BuildxTests
{
    /// <summary>The tests that change which programs are found take turns.</summary>
    public const string Path = "programs on PATH";

    /// <summary>A test with docker buildx, which is looked for beside docker compose.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class BuildxFactAttribute : FactAttribute
    {
        public BuildxFactAttribute() => Skip = TestEngine.Absence
            ?? (TestEngine.Peer is { } peer && File.Exists(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(peer)!, "docker-buildx")) ? null : "There is no docker-buildx beside the docker-compose that COMPOSE_PEER names.");
    }

    [Fact]
    public void Every_attribute_becomes_an_option_and_no_secret_is_among_them()
    {
        var project = LoadedFiles.Load(["""
            services:
              a:
                image: acme
                platform: linux/amd64
                build:
                  context: /
                  dockerfile_inline: FROM scratch
                  target: last
                  args: {A: "1 2"}
                  labels: {l: v}
                  tags: ["acme:2"]
                  cache_from: [one]
                  cache_to: ["type=inline"]
                  extra_hosts: ["h=1.2.3.4"]
                  network: host
                  shm_size: 64m
                  ulimits: {nofile: {soft: 1, hard: 2}}
                  no_cache: true
                  no_cache_filter: [last]
                  pull: true
                  privileged: true
                  entitlements: [network.host]
                  additional_contexts: {more: /srv, other: "service:b"}
                  ssh: [default]
                  secrets: [held]
                  provenance: "false"
              b: {build: /}
            secrets:
              held: {environment: HELD}
            """], new Dictionary<string, string>(), request => request with { Environment = new Dictionary<string, string> { ["HELD"] = "hush" } }).Project!;

        var command = BuildxCommand.Create(new BuildRequest { Project = project, Service = project.Services["a"], Image = "acme" });

        Assert.StartsWith(
            "buildx build --progress plain --load --tag acme --tag acme:2 --file - --target last --build-arg \"A=1 2\" --label l=v ", command.CommandLine, StringComparison.Ordinal);
        Assert.Equal(
            "--cache-from one --cache-to type=inline --add-host h:1.2.3.4 --network host --shm-size 67108864 --ulimit nofile=1:2 --no-cache-filter last --platform linux/amd64"
            + " --ssh default --secret id=held,env=COMPOSE_BUILD_SECRET_0 --build-context more=/srv --build-context other=docker-image://p-b"
            + " --allow network.host --allow security.insecure --provenance false --no-cache --pull /", command.CommandLine.Substring(command.CommandLine.IndexOf("--cache-from", StringComparison.Ordinal)));
        Assert.Equal("hush", command.Variables["COMPOSE_BUILD_SECRET_0"]);
        Assert.Equal("FROM scratch", command.StandardInput!.Trim());
    }

    [Fact]
    public void A_path_with_a_comma_is_one_value_and_several_platforms_are_pushed_by_the_builder()
    {
        var project = LoadedFiles.Load("""
            services:
              a: {image: acme, build: {context: /, platforms: [linux/amd64, linux/arm64], secrets: [held], additional_contexts: {one: "service:b"}}}
              b: {build: /, image: acme/b, profiles: [never]}
            secrets: {held: {file: "/a,b.txt"}}
            """).Project!;

        var command = BuildxCommand.Create(new BuildRequest { Project = project, Service = project.Services["a"], Image = "acme", Push = true });

        Assert.Contains("id=held,\"src=/a,b.txt\"", command.Arguments);
        Assert.Contains("type=image,push=true", command.Arguments);
        Assert.Contains("one=docker-image://acme/b", command.Arguments);
        Assert.DoesNotContain("--load", command.Arguments);
    }

    [BuildxFact]
    public async Task A_secret_reaches_the_build_alone()
    {
        using var buildx = new BuildxOnPath();
        await using var project = await EngineProject.CreateAsync("buildx");
        var report = await project.UpAsync("""
            services:
              a:
                init: true
                build:
                  dockerfile_inline: |
                    FROM busybox
                    RUN --mount=type=secret,id=held test "$$(cat /run/secrets/held)" = hush
                    CMD ["sleep", "60"]
                  secrets: [held]
            secrets:
              held: {environment: HELD}
            """, new UpOptions { Build = true }, variables: new Dictionary<string, string> { ["HELD"] = "hush" });

        Assert.True(report.Succeeded, string.Join("\n", report.Failed.Select(failed => failed.Error?.Message)));
        await RemoveAsync(project);
    }

    [BuildxFact]
    public async Task A_build_takes_the_image_of_a_service_that_is_built_first()
    {
        using var buildx = new BuildxOnPath();
        await using var project = await EngineProject.CreateAsync("buildcontexts");
        Directory.CreateDirectory(System.IO.Path.Combine(project.Folder, "files"));
        project.Write("files/kept", "");
        var report = await project.UpAsync("""
            services:
              a:
                init: true
                build:
                  dockerfile_inline: |
                    FROM base
                    RUN test "$$(cat /made)" = here
                    COPY --from=files /kept /kept
                    CMD ["sleep", "60"]
                  additional_contexts: {base: "service:b", files: ./files}
              b:
                build: {dockerfile_inline: "FROM busybox\nRUN echo here > /made\n"}
                profiles: [only-to-build]
            """, new UpOptions { Build = true });

        if (!project.Session.Engine.HasBuildKit)
        {
            // The BuildKit of engine 20.10 does not know additional contexts: what it says is told.
            Assert.Contains("frontend.contexts", Assert.Single(report.Failed).Error!.Message, StringComparison.Ordinal);
            await project.Session.Engine.Images.RemoveAsync(project.Name + "-b", true, CancellationToken.None);
            return;
        }

        Assert.True(report.Succeeded, string.Join("\n", report.Failed.Select(failed => failed.Error?.Message)));
        await RemoveAsync(project);
    }

    [BuildxFact]
    public async Task What_is_no_part_of_the_context_is_not_copied_with_it()
    {
        using var buildx = new BuildxOnPath();
        await using var project = await EngineProject.CreateAsync("buildstray");
        var report = await project.UpAsync("""
            services:
              a:
                init: true
                build:
                  dockerfile_inline: |
                    FROM busybox
                    COPY . /ctx
                    RUN --mount=type=cache,target=/c test "$$(ls -A /ctx)" = compose.yaml
                    CMD ["sleep", "60"]
            """, new UpOptions { Build = true });

        Assert.True(report.Succeeded, string.Join("\n", report.Failed.Select(failed => failed.Error?.Message)));
        await RemoveAsync(project);
    }

    /// <summary>BuildKit asks the registry itself here, with the login that was passed; no directory with it is left.</summary>
    [BuildxFact]
    public async Task A_login_that_was_passed_reaches_buildx_and_is_not_left_behind()
    {
        if (TestRegistry.Absence is not null)
            return;
        await using var registry = await TestRegistry.StartAsync("Bearer");
        using var buildx = new BuildxOnPath();
        using var session = await TestRegistry.SessionAsync();
        var project = LoadedFiles.Load($"services:\n  a:\n    build:\n      context: /\n      cache_to: [type=inline]\n      dockerfile_inline: |\n        FROM {registry.Image}\n        RUN true\n").Project!;
        var context = Directory.CreateTempSubdirectory("context");
        var service = project.Services["a"];
        var request = new BuildRequest { Project = project, Service = service with { Build = service.Build! with { Context = context.FullName } }, Image = registry.Host + "/test/built:1" };
        var before = Directory.GetDirectories(System.IO.Path.GetTempPath(), "compose*").ToHashSet();

        var given = new RegistryCredentials(buildx.Configuration, registry.Login());
        var id = await ImageBuilder.BuildAsync(session.Engine, request, given, new TestRegistry.Progress(), CancellationToken.None);
        await session.Engine.Images.RemoveAsync(id, true, CancellationToken.None);
        var wrong = new RegistryCredentials(buildx.Configuration, registry.Login("wrong"));
        await Assert.ThrowsAsync<Compose.Errors.ComposeException>(() => ImageBuilder.BuildAsync(session.Engine, request with { NoCache = true }, wrong, new TestRegistry.Progress(), CancellationToken.None));

        Assert.DoesNotContain(Directory.GetDirectories(System.IO.Path.GetTempPath(), "compose*").Except(before), directory => File.Exists(System.IO.Path.Combine(directory, "config.json")));
        context.Delete();
    }

    private static async Task RemoveAsync(EngineProject project) =>
        await project.RunAsync(await project.Session.PlanDownAsync(new DownRequest { ProjectName = project.Name, Images = "Local", Timeout = TimeSpan.Zero }, CancellationToken.None));

    /// <summary>Finds docker and its buildx beside docker compose, for as long as it lives.</summary>
    private sealed class BuildxOnPath : IDisposable
    {
        private readonly DirectoryInfo _configuration = Directory.CreateTempSubdirectory("buildx");
        private readonly string? _path = Environment.GetEnvironmentVariable("PATH");
        private readonly string? _config = Environment.GetEnvironmentVariable("DOCKER_CONFIG");

        public BuildxOnPath()
        {
            var programs = System.IO.Path.GetDirectoryName(TestEngine.Peer)!;
            File.WriteAllText(System.IO.Path.Combine(_configuration.FullName, "config.json"), $"{{\"cliPluginsExtraDirs\":[\"{programs}\"]}}");
            Environment.SetEnvironmentVariable("PATH", programs + System.IO.Path.PathSeparator + _path);
            Environment.SetEnvironmentVariable("DOCKER_CONFIG", _configuration.FullName);
        }

        public string Configuration => _configuration.FullName;

        public void Dispose()
        {
            Environment.SetEnvironmentVariable("PATH", _path);
            Environment.SetEnvironmentVariable("DOCKER_CONFIG", _config);
            _configuration.Delete(true);
        }
    }
}
