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

    [BuildxFact]
    public async Task A_secret_reaches_the_build_alone()
    {
        var programs = System.IO.Path.GetDirectoryName(TestEngine.Peer)!;
        var configuration = Directory.CreateTempSubdirectory("buildx");
        await File.WriteAllTextAsync(System.IO.Path.Combine(configuration.FullName, "config.json"), $"{{\"cliPluginsExtraDirs\":[\"{programs}\"]}}");
        var (path, config) = (Environment.GetEnvironmentVariable("PATH"), Environment.GetEnvironmentVariable("DOCKER_CONFIG"));
        Environment.SetEnvironmentVariable("PATH", programs + System.IO.Path.PathSeparator + path);
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", configuration.FullName);
        try
        {
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
            await project.RunAsync(await project.Session.PlanDownAsync(new DownRequest { ProjectName = project.Name, Images = "Local", Timeout = TimeSpan.Zero }, CancellationToken.None));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            Environment.SetEnvironmentVariable("DOCKER_CONFIG", config);
            configuration.Delete(true);
        }
    }
}
