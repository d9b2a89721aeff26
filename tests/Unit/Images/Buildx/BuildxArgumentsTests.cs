using Compose.Execute.Session;
using Compose.Images.Build;
using Compose.Images.Buildx;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Buildx;

/// <summary>Build arguments that are passed to docker buildx: no place that other users can read contains a value.</summary>
[Collection(Engine.Endpoint.WorkingDirectoryCollection.Name)]
public sealed class BuildxArgumentsTests
{
    private const string Marker = "marker-5f1c";

    [Theory]
    [InlineData("TOKEN", "x", false)]
    [InlineData("SSH_PRIVATE_KEY", "x", false)]
    [InlineData("DOCKER_PASSWORD", "x", false)]
    [InlineData("GIT_TOKEN", "x", false)]
    [InlineData("GOOGLE_API_KEY", "x", false)]
    [InlineData("HTTPS_PROXY", "http://me:pass@proxy:1", false)]
    [InlineData("http_proxy", "http://proxy:1", true)]
    [InlineData("DOCKER_HOST", "tcp://elsewhere", true)]
    [InlineData("Path", "/mine", true)]
    [InlineData("LD_PRELOAD", "/evil.so", true)]
    [InlineData("GIT_CONFIG_KEY_0", "core.fsmonitor", true)]
    [InlineData("AWS_PROFILE", "mine", true)]
    [InlineData("AWS_CONFIG_FILE", "/mine", true)]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS", "/mine", true)]
    [InlineData("AZURE_CONFIG_DIR", "/mine", true)]
    [InlineData("GNUPGHOME", "/mine", true)]
    [InlineData("PASSWORD_STORE_DIR", "/mine", true)]
    [InlineData("AWS_SECRET_ACCESS_KEY", "x", false)]
    [InlineData("AZURE_CLIENT_SECRET", "x", false)]
    [InlineData("COMPOSE_BUILD_SECRET_0", "x", true)]
    public void A_value_is_in_the_environment_unless_it_would_steer_docker_itself(string name, string value, bool isOnTheLine)
    {
        var project = LoadedFiles.Load(
            $"services: {{a: {{image: acme, build: {{context: /, args: {{{name}: \"{value}\"}}}}}}}}").Project!;

        var command = BuildxCommand.Create(
            new BuildRequest { Project = project, Service = project.Services["a"], Image = "acme" });

        Assert.Equal(
            isOnTheLine ? $"{name}={value}" : name, command.Arguments[command.Arguments.ToList().IndexOf("--build-arg") + 1]);
        Assert.Equal(isOnTheLine ? null : value, command.Variables.TryGetValue(name, out var passed) ? passed : null);
    }

    [Fact]
    public void Proxies_of_dockers_configuration_are_left_to_buildx()
    {
        var project = LoadedFiles.Load("services: {a: {image: acme, build: {context: /}}}").Project!;
        var proxies = new Dictionary<string, string> { ["HTTP_PROXY"] = "http://me:pass@proxy:1" };

        var command = BuildxCommand.Create(
            new BuildRequest { Project = project, Service = project.Services["a"], Image = "acme", Proxies = proxies });

        Assert.DoesNotContain("--build-arg", command.Arguments);
        Assert.Empty(command.Variables);
    }

    /// <summary>
    /// A docker that precedes the real one in PATH, and records its arguments, its directory and the temporary files.
    /// </summary>
    [BuildxFact]
    public async Task No_value_is_on_a_command_line_in_an_event_or_in_a_temporary_file_and_paths_are_the_projects()
    {
        const string given = Marker + " was given", held = Marker + "held", proxy = "http://me:" + Marker + "@localhost:1";
        var lengths = $"{given.Length}/{proxy.Length}/{held.Length}";
        using var buildx = new BuildxOnPath();
        await using var project = await EngineProject.CreateAsync("buildarguments");
        var seen = Directory.CreateDirectory(System.IO.Path.Combine(project.Folder, "seen")).FullName;
        var programs = Directory.CreateDirectory(System.IO.Path.Combine(project.Folder, "programs")).FullName;
        project.Write("programs/docker", $"""
            #!/bin/sh
            printf '%s\n' "$@" >> {seen}/arguments
            pwd >> {seen}/directory
            grep -rlF {Marker} "$TMPDIR" >> {seen}/files 2>/dev/null
            exec {System.IO.Path.GetDirectoryName(TestEngine.Peer)}/docker "$@"
            """);
        using (var chmod = System.Diagnostics.Process.Start("/bin/chmod", ["+x", System.IO.Path.Combine(programs, "docker")]))
            await chmod.WaitForExitAsync();
        var path = Environment.GetEnvironmentVariable("PATH");
        var temporary = Environment.GetEnvironmentVariable("TMPDIR");
        Environment.SetEnvironmentVariable("PATH", programs + System.IO.Path.PathSeparator + path);
        Environment.SetEnvironmentVariable(
            "TMPDIR", Directory.CreateDirectory(System.IO.Path.Combine(project.Folder, "tmp")).FullName);
        try
        {
            var loaded = project.Load($$"""
                services:
                  a:
                    build:
                      dockerfile_inline: |
                        FROM busybox
                        ARG TOKEN
                        ARG HTTP_PROXY
                        RUN --mount=type=secret,id=held \
                            test "$${#TOKEN}/$${#HTTP_PROXY}/$$(wc -c < /run/secrets/held)" = "{{lengths}}"
                      args: {"TOKEN": , "HTTP_PROXY": "{{proxy}}"}
                      secrets: [held]
                secrets:
                  held: {environment: HELD}
                """, new Dictionary<string, string> { ["HELD"] = held, ["TOKEN"] = given });
            var sink = new EveryEvent();

            var report = await project.Session.ExecuteAsync(
                await project.Session.Plans.BuildAsync(
                    loaded,
                    new Compose.Plan.Input.ImageRequest { Build = new Compose.Plan.Input.BuildOptions { NoCache = true } },
                    CancellationToken.None),
                new ExecuteOptions(), sink, CancellationToken.None);

            report.AssertSucceeded();
            var arguments = await File.ReadAllTextAsync(System.IO.Path.Combine(seen, "arguments"));
            Assert.Contains("--build-arg\nTOKEN\n", arguments, StringComparison.Ordinal);
            Assert.DoesNotContain(Marker, arguments, StringComparison.Ordinal);
            Assert.NotEmpty(sink.Texts);
            Assert.DoesNotContain(sink.Texts, text => text.Contains(Marker, StringComparison.Ordinal));
            Assert.DoesNotContain(report.Actions, action => $"{action} {action.Step}".Contains(Marker, StringComparison.Ordinal));
            Assert.Empty(await File.ReadAllTextAsync(System.IO.Path.Combine(seen, "files")));
            Assert.Equal(project.Folder, (await File.ReadAllLinesAsync(System.IO.Path.Combine(seen, "directory")))[^1]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            Environment.SetEnvironmentVariable("TMPDIR", temporary);
            await project.Session.Engine.Images.RemoveAsync(project.Name + "-a", true, CancellationToken.None);
        }
    }

    private sealed class EveryEvent : Compose.Events.IEventSink
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Texts { get; } = new();

        public void Emit(Compose.Events.ComposeEvent composeEvent) => Texts.Enqueue(composeEvent.ToString());

        public ValueTask EmitAsync(Compose.Events.ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
