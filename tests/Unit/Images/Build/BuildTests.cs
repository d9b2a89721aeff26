using System.Diagnostics;
using System.Runtime.InteropServices;
using Compose.Images.Build;
using Compose.Model;
using Compose.Plan.Input;
using Compose.Tests.Images.Buildx;
using Compose.Tests.Images.Registry;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Build;

/// <summary>Builds on the real engine.</summary>
[Collection(BuildxTests.Path)]
public sealed class BuildTests
{
    [EngineFact]
    public async Task A_context_is_sent_without_what_is_ignored_and_the_image_runs()
    {
        await using var project = await EngineProject.CreateAsync("build");
        var context = Directory.CreateTempSubdirectory("context");
        await File.WriteAllTextAsync(
            Path.Combine(context.FullName, "Dockerfile"),
            "FROM busybox\nCOPY . /ctx/\nRUN test -f /ctx/kept && test ! -e /ctx/dropped && test -L /ctx/link\nCMD "
                + "[\"sleep\",\"60\"]\n");
        await File.WriteAllTextAsync(Path.Combine(context.FullName, ".dockerignore"), "dropped\n");
        await File.WriteAllTextAsync(Path.Combine(context.FullName, "kept"), "");
        await File.WriteAllTextAsync(Path.Combine(context.FullName, "dropped"), "");
        File.CreateSymbolicLink(Path.Combine(context.FullName, "link"), "kept");

        var report = await project.UpAsync(
            $"services: {{a: {{build: {context.FullName}, init: true}}}}", new UpOptions { Build = true });

        report.AssertSucceeded();
        await project.RunAsync(
            await project.Session.Plans.DownAsync(
                new DownRequest { ProjectName = project.Name, Images = "Local", Timeout = TimeSpan.Zero },
                CancellationToken.None));
        context.Delete(true);
    }

    /// <summary>When an engine unpacks a context, times before 1970 become 1970.</summary>
    [EngineFact]
    public async Task Pipes_second_names_and_times_far_ahead_reach_the_image()
    {
        await using var project = await EngineProject.CreateAsync("buildkinds");
        project.Write(
            "Dockerfile",
            "FROM busybox\nCOPY . /ctx/\nRUN test -p /ctx/pipe\nRUN cmp /ctx/first /ctx/second\nRUN test \"$(stat -c %h "
                + "/ctx/first /ctx/second | xargs)\" = \"2 2\"\nRUN test \"$(stat -c %Y /ctx/first)\" = 8835955200\nCMD "
                + "[\"sleep\",\"60\"]\n");
        project.Write("first", "shared");
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "first"), DateTime.UnixEpoch.AddSeconds(8_835_955_200));
        foreach (var command in new[] { "ln first second", "mkfifo pipe" })
        {
            using var shell = Process.Start(
                new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = project.Folder })!;
            await shell.WaitForExitAsync();
        }

        var report = await project.UpAsync("services: {a: {build: ., init: true}}", new UpOptions { Build = true });

        report.AssertSucceeded();
        await project.RunAsync(
            await project.Session.Plans.DownAsync(
                new DownRequest { ProjectName = project.Name, Images = "Local", Timeout = TimeSpan.Zero },
                CancellationToken.None));
    }

    [EngineFact]
    public async Task A_failing_step_is_told_with_what_it_printed()
    {
        await using var project = await EngineProject.CreateAsync("buildfail");

        var report = await project.UpAsync("""
            services:
              a:
                build:
                  dockerfile_inline: |
                    FROM busybox AS other
                    RUN echo of another step
                    FROM other
                    RUN echo the reason; exit 3
            """);

        var error = Assert.Single(report.Failed).Error!;
        Assert.Equal("BuildFailed", error.Id);
        var lines = error.Message.Split('\n');
        Assert.Contains("compose.yaml:2:3: line 4 of dockerfile_inline: the image", lines[0], StringComparison.Ordinal);
        Assert.Contains("of service 'a' cannot be built: ", lines[0], StringComparison.Ordinal);
        Assert.Equal("   4 | RUN echo the reason; exit 3", lines[1]);
        Assert.EndsWith("the reason", lines[^1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("RUN echo the reason; exit 3", StringComparison.Ordinal));
        if (project.Session.Engine.HasBuildKit)
            Assert.DoesNotContain("of another step", lines);
    }

    [EngineTheory]
    [InlineData("FROM busybox\nFOO bar\n", "Dockerfile:2:1: ")]
    [InlineData("FROM busybox\nCOPY nowhere /\n", "nowhere")]
    public async Task A_mistake_is_told_with_its_place_and_without_names_of_the_builders_own(string dockerfile, string told)
    {
        await using var project = await EngineProject.CreateAsync("buildmistake");
        project.Write("Dockerfile", dockerfile);

        var report = await project.RunAsync(
            await project.Session.Plans.BuildAsync(
                project.Load("services: {a: {build: .}}"), new ImageRequest(), CancellationToken.None));

        var error = Assert.Single(report.Failed).Error!;
        Assert.Equal("BuildFailed", error.Id);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("of ref ", error.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task What_needs_a_session_is_refused_with_its_place()
    {
        await using var project = await EngineProject.CreateAsync("buildsession");

        var report = await project.UpAsync("""
            services:
              a:
                build: {dockerfile_inline: FROM busybox, cache_to: ["type=inline"]}
            """);

        var error = Assert.Single(report.Failed).Error!;
        Assert.Equal("BuildNeedsSession", error.Id);
        Assert.Contains("compose.yaml:2:3", error.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task The_attributes_of_the_build_section_reach_the_builder()
    {
        await using var project = await EngineProject.CreateAsync("buildattributes");

        var report = await project.UpAsync("""
            services:
              a:
                init: true
                build:
                  dockerfile_inline: |
                    FROM busybox AS first
                    ARG GIVEN
                    ARG FROMPROJECT
                    RUN test "$$GIVEN/$$FROMPROJECT" = "1 2/here"
                    RUN grep -q "10.1.2.3.*outside" /etc/hosts
                    RUN test "$$(ulimit -n)" = 77
                    CMD ["sleep", "60"]
                    FROM nothing-anybody-has:1
                  target: first
                  args: {GIVEN: "1 2", FROMPROJECT: }
                  labels: {told: "yes"}
                  extra_hosts: ["outside:10.1.2.3"]
                  ulimits: {nofile: {soft: 77, hard: 88}}
                  shm_size: 32m
                  tags: ["convergebuildattributes-extra:2"]
                  no_cache: true
            """, new UpOptions { Build = true }, variables: new Dictionary<string, string> { ["FROMPROJECT"] = "here" });

        report.AssertSucceeded();
        var image = await project.Session.Engine.Images.InspectAsync("convergebuildattributes-extra:2", CancellationToken.None);
        Assert.Equal("yes", image.Config!.Labels!["told"]);
        Assert.Contains(project.Name + "-a:latest", image.RepoTags!);
        await project.DownAsync(volumes: true);
        await project.Session.Engine.Images.RemoveAsync(image.Id, true, CancellationToken.None);
    }

    [EngineFact]
    public async Task Contexts_that_are_images_need_no_session()
    {
        await using var project = await EngineProject.CreateAsync("buildimagecontexts");
        Directory.CreateDirectory(Path.Combine(project.Folder, "context"));
        project.Write(
            "context/Dockerfile",
            "FROM base AS made\nRUN test \"$(cat /made)\" = here\nFROM busybox\nCOPY --from=made /made /made\nCOPY --from=tools "
                + "/bin/true /own-true\nCOPY given /\nCMD [\"sleep\", \"60\"]\n");
        project.Write("context/given", "");

        var report = await project.UpAsync("""
            services:
              a:
                init: true
                build: {context: context, additional_contexts: {base: "service:b", tools: "docker-image://busybox"}}
              b:
                build: {dockerfile_inline: "FROM busybox\nRUN echo here > /made\n"}
                profiles: [only-to-build]
            """, new UpOptions { Build = true });

        report.AssertSucceeded();
        await project.RunAsync(
            await project.Session.Plans.DownAsync(
                new DownRequest { ProjectName = project.Name, Images = "Local", Timeout = TimeSpan.Zero },
                CancellationToken.None));
    }

    [EngineFact]
    public async Task A_base_for_another_platform_does_not_serve()
    {
        await using var project = await EngineProject.CreateAsync("buildplatform");
        await project.Session.Engine.Images.TagAsync("busybox", "localhost:1/nobody/platform", "1", CancellationToken.None);
        var other = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux/amd64" : "linux/arm64";

        var report = await project.RunAsync(await project.Session.Plans.BuildAsync(
            project.Load(
                $"services: {{a: {{build: {{platforms: [{other}], dockerfile_inline: 'FROM localhost:1/nobody/platform:1'}}}}}}"),
            new ImageRequest(), CancellationToken.None));

        Assert.Contains(
            "'localhost:1/nobody/platform:1' cannot be pulled", Assert.Single(report.Failed).Error!.Message,
            StringComparison.Ordinal);
        await project.Session.Engine.Images.RemoveAsync("localhost:1/nobody/platform:1", true, CancellationToken.None);
    }

    /// <summary>
    /// The Dockerfile and .dockerignore are sent with the context even if they are ignored, but are then not copied.
    /// </summary>
    [EngineTheory]
    [InlineData("dockerfile_inline: \"FROM busybox\\nCOPY . /ctx\\nRUN test \\\"`ls -A /ctx | sort | xargs`\\\" = 'kept'\\n\"")]
    [InlineData("dockerfile: ../elsewhere")]
    [InlineData("dockerfile: ignored")]
    public async Task What_is_no_part_of_the_context_is_not_copied_with_it(string dockerfile)
    {
        const string Text = "FROM busybox\nCOPY . /ctx\nRUN test \"`ls -A /ctx | sort | xargs`\" = 'kept'\n";
        await using var project = await EngineProject.CreateAsync("buildstray");
        Directory.CreateDirectory(Path.Combine(project.Folder, "context"));
        project.Write("context/kept", "");
        project.Write("context/ignored", Text);
        project.Write("elsewhere", Text);
        project.Write("context/.dockerignore", "ignored\n.dockerignore\n");

        var report = await project.RunAsync(await project.Session.Plans.BuildAsync(
            project.Load($"services:\n  a:\n    image: {project.Name}\n    build:\n      context: context\n      {dockerfile}\n"),
            new ImageRequest(), CancellationToken.None));

        report.AssertSucceeded();
        Assert.Empty(project.Warnings);
        await project.Session.Engine.Images.RemoveAsync(project.Name, true, CancellationToken.None);
    }

    [EngineFact]
    public async Task What_the_classic_builder_does_not_understand_BuildKit_builds_on_every_engine()
    {
        await using var project = await EngineProject.CreateAsync("buildkit");

        var report = await project.RunAsync(await project.Session.Plans.BuildAsync(
            project.Load(
                $"services:\n  a:\n    image: {project.Name}\n    build:\n      dockerfile_inline: |\n        FROM busybox\n     "
                    + "   RUN --mount=type=cache,target=/cache test -d /cache\n        COPY . /ctx\n      shm_size: 32m\n"),
            new ImageRequest(), CancellationToken.None));

        report.AssertSucceeded();
        Assert.Contains(project.Warnings, warning => warning.Contains("'.compose.dockerfile'", StringComparison.Ordinal));
        Assert.Equal(
            !project.Session.Engine.HasBuildKit,
            project.Warnings.Any(warning => warning.Contains("shm_size", StringComparison.Ordinal)));
        await project.Session.Engine.Images.RemoveAsync(project.Name, true, CancellationToken.None);
    }

    [EngineTheory]
    [InlineData("0", "Step 1")]
    [InlineData("1", "[2/2] RUN true")]
    public async Task DOCKER_BUILDKIT_chooses_the_builder(string value, string told)
    {
        await using var project = await EngineProject.CreateAsync("buildchosen");
        var model = project.Load(
            $"services: {{a: {{image: {project.Name}, "
                + $"build: {{no_cache: true, dockerfile_inline: \"FROM busybox\\nRUN true\\n\"}}}}}}",
            new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = value });
        var progress = new TestRegistry.Progress();

        await ImageBuilder.BuildAsync(
            project.Session.Engine, new BuildRequest { Project = model, Service = model.Services["a"], Image = project.Name },
            null, progress, CancellationToken.None);

        Assert.Contains(progress.Events, step => step.Status?.Contains(told, StringComparison.Ordinal) == true);
        await project.Session.Engine.Images.RemoveAsync(project.Name, true, CancellationToken.None);
    }

    [EngineFact]
    public async Task A_pipe_in_the_context_does_not_hold_the_build_up()
    {
        await using var project = await EngineProject.CreateAsync("buildpipe");
        using (var mkfifo = Process.Start("mkfifo", Path.Combine(project.Folder, "pipe")))
            await mkfifo.WaitForExitAsync();
        project.Write("Dockerfile", "FROM busybox\nCOPY . /ctx\n");
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var model = project.Load($"services: {{a: {{image: {project.Name}, build: .}}}}");

        var id = await ImageBuilder.BuildAsync(
            project.Session.Engine, new BuildRequest { Project = model, Service = model.Services["a"], Image = project.Name },
            null, new TestRegistry.Progress(), timeout.Token);

        Assert.StartsWith("sha256:", id);
        await project.Session.Engine.Images.RemoveAsync(project.Name, true, CancellationToken.None);
    }

    [EngineFact]
    public async Task A_context_in_a_git_repository_is_fetched_by_the_engine()
    {
        await using var project = await EngineProject.CreateAsync("buildgit");
        var directory = Directory.CreateTempSubdirectory("repository").FullName;
        Directory.CreateDirectory(Path.Combine(directory, "app/web"));
        await File.WriteAllTextAsync(Path.Combine(directory, "app/web/Dockerfile"), "FROM busybox\nCMD [\"sleep\",\"60\"]\n");
        await Git("init", "-q", "-b", "main", Path.Combine(directory, "app"));
        await Git("-C", Path.Combine(directory, "app"), "add", ".");
        await Git(
            "-C", Path.Combine(directory, "app"), "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m",
            "first");
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var daemon = Process.Start(
            new ProcessStartInfo("git",
                $"daemon --export-all --reuseaddr --listen=127.0.0.1 --port={port} --base-path={directory} {directory}"))!;
        try
        {
            await Task.Delay(500);
            var report = await project.UpAsync(
                $"services: {{a: {{init: true, build: 'git://127.0.0.1:{port}/app/.git#main:web'}}}}");

            report.AssertSucceeded();
            Assert.Equal("Running", Assert.Single(await project.ContainersAsync()).State);
        }
        finally
        {
            daemon.Kill(true);
            await project.RunAsync(
                await project.Session.Plans.DownAsync(
                    new DownRequest { ProjectName = project.Name, Images = "Local", Timeout = TimeSpan.Zero },
                    CancellationToken.None));
            Directory.Delete(directory, true);
        }
    }

    private static async Task Git(params string[] arguments)
    {
        using var process = Process.Start("git", arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [EngineFact]
    public async Task A_context_behind_an_address_is_fetched_by_the_engine_with_the_Dockerfile_asked_for()
    {
        await using var project = await EngineProject.CreateAsync("buildremote");
        var directory = Directory.CreateTempSubdirectory("context");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "Other"), "FROM busybox\nCMD [\"sleep\",\"60\"]\n");
        using var context = BuildContext.Open(
            new BuildDefinition { Context = directory.FullName, Dockerfile = "Other" }, text => text);
        var archive = await context.ReadAsByteArrayAsync();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var server = new System.Net.HttpListener();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        var serving = ServeAsync();

        var report = await project.UpAsync(
            $"services: {{a: {{init: true, build: {{context: 'http://127.0.0.1:{port}/context.tar', dockerfile: Other}}}}}}");

        server.Stop();
        await serving;
        report.AssertSucceeded();
        await project.RunAsync(
            await project.Session.Plans.DownAsync(
                new DownRequest { ProjectName = project.Name, Images = "Local", Timeout = TimeSpan.Zero },
                CancellationToken.None));
        directory.Delete(true);

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var asked = await server.GetContextAsync();
                    asked.Response.ContentType = "application/x-tar";
                    asked.Response.Close(asked.Request.HttpMethod == "HEAD" ? [] : archive, willBlock: true);
                }
            }
            catch (Exception exception) when (exception is System.Net.HttpListenerException or ObjectDisposedException)
            {
                // The test has ended.
            }
        }
    }
}
