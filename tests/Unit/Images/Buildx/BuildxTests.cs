using Compose.Images.Build;
using Compose.Images.Buildx;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Buildx;

/// <summary>Builds that need a session: the command line, and the real program where it is beside docker compose.</summary>
[Collection(Path)]
public sealed class BuildxTests
{
    /// <summary>Tests that change which programs are found run one after another.</summary>
    public const string Path = "programs on PATH";

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
            """],
            new Dictionary<string, string>(),
            request => request with { Environment = new Dictionary<string, string> { ["HELD"] = "hush" } }).Project!;

        var command = BuildxCommand.Create(
            new BuildRequest { Project = project, Service = project.Services["a"], Image = "acme" });

        Assert.StartsWith(
            "buildx build --progress plain --load --tag acme --tag acme:2 --file - --target last --build-arg A --label l=v ",
            command.CommandLine, StringComparison.Ordinal);
        Assert.Equal(
            "--cache-from one --cache-to type=inline --add-host h:1.2.3.4 --network host --shm-size 67108864 --ulimit nofile=1:2 "
                + "--no-cache-filter last --platform linux/amd64"
            + " --ssh default --secret id=held,env=COMPOSE_BUILD_SECRET_0 --build-context more=/srv --build-context "
            + "other=docker-image://p-b"
            + " --allow network.host --allow security.insecure --provenance false --no-cache --pull /",
            command.CommandLine.Substring(command.CommandLine.IndexOf("--cache-from", StringComparison.Ordinal)));
        Assert.Equal("hush", command.Variables["COMPOSE_BUILD_SECRET_0"]);
        Assert.Equal("1 2", command.Variables["A"]);
        Assert.Equal(project.WorkingDirectory, command.Directory);
        Assert.Equal("FROM scratch", command.StandardInput!.Trim());
    }

    [Fact]
    public void A_path_with_a_comma_is_one_value_and_several_platforms_are_pushed_by_the_builder()
    {
        var project = LoadedFiles.Load("""
            services:
              a:
                image: acme
                build:
                  context: /
                  platforms: [linux/amd64, linux/arm64]
                  secrets: [held]
                  additional_contexts: { one: "service:b" }
              b: {build: /, image: acme/b, profiles: [never]}
            secrets: {held: {file: "/a,b.txt"}}
            """).Project!;

        var command = BuildxCommand.Create(
            new BuildRequest { Project = project, Service = project.Services["a"], Image = "acme", Push = true });

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

        report.AssertSucceeded();
        await RemoveAsync(project);
    }

    [BuildxFact]
    public async Task A_mount_of_a_secret_that_is_not_given_builds_where_it_is_optional_and_is_named_where_it_is_required()
    {
        using var buildx = new BuildxOnPath();
        await using var project = await EngineProject.CreateAsync("buildmounts");

        var report = await project.RunAsync(await project.Session.Plans.BuildAsync(project.Load("""
            services:
              optional:
                build: {dockerfile_inline: "FROM busybox\nRUN --mount=type=secret,id=token test ! -e /run/secrets/token\n"}
              required:
                build: {dockerfile_inline: "FROM busybox\nRUN --mount=type=secret,id=token,required true\n"}
            """), new ImageRequest(), CancellationToken.None));

        var failed = Assert.Single(report.Failed);
        Assert.Equal("required", ((Compose.Plan.BuildImage)failed.Step!).Service);
        Assert.Equal("BuildMountNotGiven", failed.Error!.Id);
        Assert.Contains(
            "the secret 'token' is required, and the build of 'required' is given none", failed.Error.Message,
            StringComparison.Ordinal);
        await project.Session.Engine.Images.RemoveAsync(project.Name + "-optional", true, CancellationToken.None);
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
            // The BuildKit of engine 20.10 does not support additional contexts; its message is reported.
            Assert.Contains("frontend.contexts", Assert.Single(report.Failed).Error!.Message, StringComparison.Ordinal);
            await project.Session.Engine.Images.RemoveAsync(project.Name + "-b", true, CancellationToken.None);
            return;
        }

        report.AssertSucceeded();
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

        report.AssertSucceeded();
        await RemoveAsync(project);
    }

    /// <summary>
    /// An engine that unpacks a context changes such a time to 1970, so buildx sends the context where it can.
    /// </summary>
    [BuildxFact]
    public async Task A_time_before_1970_reaches_the_image()
    {
        using var buildx = new BuildxOnPath();
        await using var project = await EngineProject.CreateAsync("buildearly");
        project.Write(
            "Dockerfile", "FROM busybox\nCOPY early /\nRUN test \"$(stat -c %Y /early)\" = -86400\nCMD [\"sleep\", \"60\"]\n");
        File.SetLastWriteTimeUtc(project.Write("early", ""), new DateTime(1969, 12, 31, 0, 0, 0, DateTimeKind.Utc));

        var report = await project.UpAsync("services: {a: {build: ., init: true}}", new UpOptions { Build = true });

        report.AssertSucceeded();
        await RemoveAsync(project);
    }

    [BuildxFact]
    public async Task What_was_found_is_not_found_where_programs_are_looked_for_elsewhere()
    {
        using (new BuildxOnPath())
        {
            Assert.True(await BuildxBuilder.IsInstalledAsync(CancellationToken.None));
            Assert.True(await BuildxBuilder.IsInstalledAsync(CancellationToken.None));
        }

        using (new PathWithoutDocker())
            Assert.False(await BuildxBuilder.IsInstalledAsync(CancellationToken.None));
    }

    private static async Task RemoveAsync(EngineProject project) =>
        await project.RunAsync(
            await project.Session.Plans.DownAsync(
                new DownRequest { ProjectName = project.Name, Images = "Local", Timeout = TimeSpan.Zero },
                CancellationToken.None));
}
