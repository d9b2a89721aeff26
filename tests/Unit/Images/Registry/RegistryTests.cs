using System.Text;
using Compose.Errors;
using Compose.Images.Build;
using Compose.Images.Registry;
using Compose.Tests.Images.Buildx;

namespace Compose.Tests.Images.Registry;

/// <summary>Pulls and pushes with a real registry that requires a login, with Basic and with Bearer.</summary>
[Collection(BuildxTests.Path)]
public sealed class RegistryTests
{
    [RegistryTheory]
    [InlineData("Basic")]
    [InlineData("Bearer")]
    public async Task A_login_that_was_passed_pulls_with_progress_per_layer(string challenge)
    {
        await using var registry = await TestRegistry.StartAsync(challenge);
        using var session = await TestRegistry.SessionAsync();
        var progress = new TestRegistry.Progress();

        await ImagePuller.PullAsync(
            session.Engine, registry.Image, null, registry.Credentials(), progress, CancellationToken.None);

        Assert.True(await TestRegistry.ExistsAsync(session.Engine, registry.Image, CancellationToken.None));
        Assert.Contains(progress.Events, told => told.ParentId == "image " + registry.Image && told.Completed);
        Assert.Contains(progress.Events, told => told is { Activity: "Layer", Current: > 0, Total: > 0 });
        Assert.True(progress.Events[^1] is { ParentId: null, Completed: true });
    }

    [RegistryTheory]
    [InlineData("Basic")]
    [InlineData("Bearer")]
    public async Task A_wrong_password_and_none_are_one_clear_error_each(string challenge)
    {
        await using var registry = await TestRegistry.StartAsync(challenge);
        using var session = await TestRegistry.SessionAsync();
        foreach (var credentials in new[] { registry.Credentials("wrong"), null })
        {
            var pull = await Assert.ThrowsAsync<ComposeException>(() =>
                ImagePuller.PullAsync(
                    session.Engine, registry.Image, null, credentials, new TestRegistry.Progress(), CancellationToken.None));
            Assert.Equal("ImagePullDenied", pull.Info.Id);
            Assert.Contains(registry.Image, pull.Info.Message, StringComparison.Ordinal);
        }

        await session.Engine.Images.TagAsync("busybox", registry.Host + "/test/busybox", "1", CancellationToken.None);
        var push = await Assert.ThrowsAsync<ComposeException>(() =>
            ImagePusher.PushAsync(
                session.Engine, registry.Image, registry.Credentials("wrong"), new TestRegistry.Progress(),
                CancellationToken.None));
        Assert.Equal("ImagePushDenied", push.Info.Id);
    }

    [RegistryFact]
    public async Task Dockers_configuration_and_its_helper_programs_log_in()
    {
        await using var registry = await TestRegistry.StartAsync("Basic");
        var directory = Directory.CreateTempSubdirectory("dockerconfig");
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestRegistry.User}:{TestRegistry.Password}"));
        var helper = Path.Combine(directory.FullName, "docker-credential-composetest");
        await File.WriteAllTextAsync(
            helper,
            "#!/bin/sh\nread server\nprintf "
                + $"'{{\"ServerURL\":\"%s\",\"Username\":\"{TestRegistry.User}\",\"Secret\":\"{TestRegistry.Password}\"}}' "
                + "\"$server\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", directory.FullName + Path.PathSeparator + path);
        try
        {
            foreach (var configuration in new[]
            {
                $"{{\"auths\":{{\"{registry.Host}\":{{\"auth\":\"{auth}\"}}}}}}",
                $"{{\"auths\":{{\"http://{registry.Host}/v1/\":{{\"auth\":\"{auth}\"}}}}}}",
                $"{{\"credHelpers\":{{\"{registry.Host}\":\"composetest\"}}}}",
                "{\"credsStore\":\"composetest\"}",
            })
            {
                await File.WriteAllTextAsync(Path.Combine(directory.FullName, "config.json"), configuration);
                using var session = await TestRegistry.SessionAsync(configuration: directory.FullName);
                await ImagePuller.PullAsync(
                    session.Engine, registry.Image, null, new RegistryCredentials(directory.FullName),
                    new TestRegistry.Progress(), CancellationToken.None);
                Assert.True(
                    await TestRegistry.ExistsAsync(session.Engine, registry.Image, CancellationToken.None), configuration);
                await registry.RemoveImageAsync(session);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            directory.Delete(true);
        }
    }

    [RegistryFact]
    public async Task An_image_pinned_by_digest_is_pulled_once()
    {
        await using var registry = await TestRegistry.StartAsync("Basic");
        using var session = await TestRegistry.SessionAsync(registry.Login());
        var pinned = $"{registry.Host}/test/busybox:1@{registry.Digest}";

        await ImagePuller.PullAsync(
            session.Engine, pinned, null, registry.Credentials(), new TestRegistry.Progress(), CancellationToken.None);

        Assert.True(
            await TestRegistry.ExistsAsync(
                session.Engine, $"{registry.Host}/test/busybox@{registry.Digest}", CancellationToken.None));
        await session.Engine.Images.RemoveAsync($"{registry.Host}/test/busybox@{registry.Digest}", true, CancellationToken.None);
    }

    [RegistryFact]
    public async Task A_tag_and_a_registry_that_are_not_there_are_told_apart()
    {
        await using var registry = await TestRegistry.StartAsync("Basic");
        using var session = await TestRegistry.SessionAsync();

        Assert.Equal("ImageNotFound", await ErrorAsync(registry.Host + "/test/busybox:none", registry.Credentials()));
        Assert.Equal("RegistryUnreachable", await ErrorAsync("127.0.0.1:1/nobody:1", null));

        async Task<string> ErrorAsync(string image, RegistryCredentials? credentials) =>
            (await Assert.ThrowsAsync<ComposeException>(() =>
            ImagePuller.PullAsync(
                session.Engine, image, null, credentials, new TestRegistry.Progress(), CancellationToken.None))).Info.Id;
    }

    /// <summary>
    /// An engine may have a base image for another platform only; BuildKit would then ask the registry, without a login.
    /// </summary>
    [RegistryTheory]
    [InlineData("FROM {0}\nRUN test -f /layer")]
    [InlineData("FROM --platform=$BUILDPLATFORM {0}\nRUN test -f /layer")]
    [InlineData("FROM --platform=linux/$TARGETARCH {0}\nRUN --mount=from=busybox,target=/b test -f /layer")]
    public async Task A_base_image_for_another_platform_is_pulled_again(string dockerfile)
    {
        await using var registry = await TestRegistry.StartAsync("Bearer");
        using var session = await TestRegistry.SessionAsync();
        var request = Request(string.Format(System.Globalization.CultureInfo.InvariantCulture, dockerfile, registry.Image));
        var other = Request("FROM scratch\nCOPY Dockerfile /") with { Image = registry.Image };
        await ImageBuilder.BuildAsync(
            session.Engine, other with { Service = other.Service with { Platform = "linux/s390x" } }, null,
            new TestRegistry.Progress(), CancellationToken.None);
        var there = await session.Engine.Images.InspectAsync(registry.Image, CancellationToken.None);
        Assert.Equal("s390x", there.Architecture);

        var id = await ImageBuilder.BuildAsync(
            session.Engine, request with { Image = registry.Host + "/test/built:1" }, registry.Credentials(),
            new TestRegistry.Progress(), CancellationToken.None);

        Assert.NotEqual("s390x", (await session.Engine.Images.InspectAsync(id, CancellationToken.None)).Architecture);
        // Other services use that name, so it must still refer to the same image.
        Assert.Equal(there.Id, (await session.Engine.Images.InspectAsync(registry.Image, CancellationToken.None)).Id);
        await session.Engine.Images.RemoveAsync(id, true, CancellationToken.None);

        BuildRequest Request(string text)
        {
            var context = Directory.CreateDirectory(Path.Combine(registry.Folder, Guid.NewGuid().ToString("N")));
            File.WriteAllText(Path.Combine(context.FullName, "Dockerfile"), text + "\n");
            var project = WithBuildKit("services: {a: {build: /}}");
            var service = project.Services["a"];
            return new BuildRequest
            {
                Project = project,
                Service = service with { Build = service.Build! with { Context = context.FullName } },
                Image = "none",
            };
        }
    }

    /// <summary>A later run of that name would get an image that does not run here, so the name is removed again.</summary>
    [RegistryTheory]
    [InlineData("1")]
    [InlineData("0")]
    public Task A_name_that_was_not_there_does_not_come_to_mean_an_image_for_another_platform(string buildKit) =>
        BuildForAnotherPlatformAsync(buildKit, null, "/nonexistent");

    [BuildxFact(needsRegistry: true)]
    public async Task Neither_does_it_where_buildx_builds()
    {
        using var buildx = new BuildxOnPath();
        await BuildForAnotherPlatformAsync("1", "default", buildx.Configuration);
    }

    private static async Task BuildForAnotherPlatformAsync(string buildKit, string? builder, string configuration)
    {
        await using var registry = await TestRegistry.StartAsync("Basic");
        using var session = await TestRegistry.SessionAsync(registry.Login());
        var other = registry.Host + "/test/other:1";
        await BuildAsync("FROM scratch\nCOPY Dockerfile /", other, "1", null);
        await ImagePusher.PushAsync(
            session.Engine, other, registry.Credentials(), new TestRegistry.Progress(), CancellationToken.None);
        await session.Engine.Images.RemoveAsync(other, true, CancellationToken.None);

        var built = registry.Host + "/test/built:1";
        await BuildAsync($"FROM {other}\nCOPY Dockerfile /second", built, buildKit, builder);

        Assert.Equal("s390x", (await session.Engine.Images.InspectAsync(built, CancellationToken.None)).Architecture);
        Assert.False(await TestRegistry.ExistsAsync(session.Engine, other, CancellationToken.None));
        await session.Engine.Images.RemoveAsync(built, true, CancellationToken.None);

        async Task BuildAsync(string text, string image, string kind, string? by)
        {
            var context = Directory.CreateDirectory(Path.Combine(registry.Folder, Guid.NewGuid().ToString("N")));
            await File.WriteAllTextAsync(Path.Combine(context.FullName, "Dockerfile"), text + "\n");
            var project = Support.LoadedFiles.Load(
                ["services: {a: {platform: linux/s390x, build: /}}"],
                new Dictionary<string, string>(),
                request => request with { Environment = new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = kind } }).Project!;
            var service = project.Services["a"];
            var request = new BuildRequest
            {
                Project = project,
                Service = service with { Build = service.Build! with { Context = context.FullName } },
                Image = image,
                Builder = by,
            };
            var credentials = new RegistryCredentials(configuration, registry.Login());
            await ImageBuilder.BuildAsync(
                session.Engine, request, credentials, new TestRegistry.Progress(), CancellationToken.None);
        }
    }

    /// <summary>The registry has no frontend, so the build fails, but not because of a missing login.</summary>
    [RegistryFact]
    public async Task The_image_of_the_syntax_line_is_pulled_with_a_login()
    {
        await using var registry = await TestRegistry.StartAsync("Bearer");
        using var session = await TestRegistry.SessionAsync();
        var project = WithBuildKit(
            $"services:\n  a:\n    build:\n      context: /\n      dockerfile_inline: |\n        # syntax={registry.Image}\n     "
                + "   FROM busybox\n");
        var context = Directory.CreateDirectory(Path.Combine(registry.Folder, "empty"));
        var service = project.Services["a"];
        var request = new BuildRequest
        {
            Project = project,
            Service = service with { Build = service.Build! with { Context = context.FullName } },
            Image = registry.Host + "/test/built:1",
        };

        var error = await Assert.ThrowsAsync<ComposeException>(() =>
            ImageBuilder.BuildAsync(
                session.Engine, request, registry.Credentials(), new TestRegistry.Progress(), CancellationToken.None));

        Assert.Equal("BuildFailed", error.Info.Id);
        Assert.DoesNotContain("no active session", error.Info.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("unauthorized", error.Info.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(await TestRegistry.ExistsAsync(session.Engine, registry.Image, CancellationToken.None));
    }

    [RegistryTheory]
    [InlineData("Basic", "FROM {0}", false)]
    [InlineData("Bearer", "ARG TAG\nFROM {0}", true)]
    [InlineData("Bearer", "FROM busybox\nCOPY --from={0} /layer /", false)]
    public async Task A_build_begins_with_images_behind_a_login(string challenge, string dockerfile, bool pull)
    {
        await using var registry = await TestRegistry.StartAsync(challenge);
        using var session = await TestRegistry.SessionAsync();
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, dockerfile, registry.Image);
        var project = Support.LoadedFiles.Load(
            "services:\n  a:\n    build:\n      context: /\n      dockerfile_inline: |\n        "
                + text.Replace("\n", "\n        ") + "\n").Project!;
        var context = Directory.CreateTempSubdirectory("context");
        var service = project.Services["a"];
        var image = registry.Host + "/test/built:1";
        var request = new BuildRequest
        {
            Project = project, Service = service with
            {
                Build = service.Build! with { Context = context.FullName },
            }, Image = image, Pull = pull,
        };

        var id = await ImageBuilder.BuildAsync(
            session.Engine, request, registry.Credentials(), new TestRegistry.Progress(), CancellationToken.None);

        Assert.StartsWith("sha256:", id, StringComparison.Ordinal);
        // The image that was pulled for this machine keeps its name, as after a pull.
        Assert.True(await TestRegistry.ExistsAsync(session.Engine, registry.Image, CancellationToken.None));
        await session.Engine.Images.RemoveAsync(image, true, CancellationToken.None);
        context.Delete();
    }

    /// <summary>Here BuildKit itself asks the registry, with the given login; no directory with the login remains.</summary>
    [BuildxFact(needsRegistry: true)]
    public async Task A_login_that_was_passed_reaches_buildx_and_is_not_left_behind()
    {
        await using var registry = await TestRegistry.StartAsync("Bearer");
        using var buildx = new BuildxOnPath();
        using var session = await TestRegistry.SessionAsync();
        var project = Support.LoadedFiles.Load(
            "services:\n  a:\n    build:\n      context: /\n      cache_to: [type=inline]\n      dockerfile_inline: |\n"
                + $"        FROM {registry.Image}\n        RUN true\n").Project!;
        var context = Directory.CreateTempSubdirectory("context");
        var service = project.Services["a"];
        var request = new BuildRequest
        {
            Project = project,
            Service = service with { Build = service.Build! with { Context = context.FullName } },
            Image = registry.Host + "/test/built:1",
        };
        var before = Directory.GetDirectories(Path.GetTempPath(), "compose*").ToHashSet();

        var given = new RegistryCredentials(buildx.Configuration, registry.Login());
        var id = await ImageBuilder.BuildAsync(
            session.Engine, request, given, new TestRegistry.Progress(), CancellationToken.None);
        await session.Engine.Images.RemoveAsync(id, true, CancellationToken.None);
        var wrong = new RegistryCredentials(buildx.Configuration, registry.Login("wrong"));
        await Assert.ThrowsAsync<ComposeException>(() =>
            ImageBuilder.BuildAsync(
                session.Engine, request with { NoCache = true }, wrong, new TestRegistry.Progress(), CancellationToken.None));

        Assert.DoesNotContain(
            Directory.GetDirectories(Path.GetTempPath(), "compose*").Except(before),
            directory => File.Exists(Path.Combine(directory, "config.json")));
        context.Delete();
    }

    private static Compose.Model.ComposeProject WithBuildKit(string yaml) => Support.LoadedFiles.Load(
        [yaml],
        new Dictionary<string, string>(),
        request => request with { Environment = new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = "1" } }).Project!;
}
