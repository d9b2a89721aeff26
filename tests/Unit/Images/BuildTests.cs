using Compose.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Images;

/// <summary>Builds on the real engine.</summary>
[Collection(BuildxTests.Path)]
public sealed class BuildTests
{
    [EngineFact]
    public async Task A_context_is_sent_without_what_is_ignored_and_the_image_runs()
    {
        await using var project = await EngineProject.CreateAsync("build");
        var context = Directory.CreateTempSubdirectory("context");
        await File.WriteAllTextAsync(Path.Combine(context.FullName, "Dockerfile"), "FROM busybox\nCOPY . /ctx/\nRUN test -f /ctx/kept && test ! -e /ctx/dropped && test -L /ctx/link\nCMD [\"sleep\",\"60\"]\n");
        await File.WriteAllTextAsync(Path.Combine(context.FullName, ".dockerignore"), "dropped\n");
        await File.WriteAllTextAsync(Path.Combine(context.FullName, "kept"), "");
        await File.WriteAllTextAsync(Path.Combine(context.FullName, "dropped"), "");
        File.CreateSymbolicLink(Path.Combine(context.FullName, "link"), "kept");

        var report = await project.UpAsync($"services: {{a: {{build: {context.FullName}, init: true}}}}", new UpOptions { Build = true });

        Assert.True(report.Succeeded, string.Join("\n", report.Failed.Select(failed => failed.Error?.Message)));
        await project.RunAsync(await project.Session.PlanDownAsync(new DownRequest { ProjectName = project.Name, Images = "Local", Timeout = TimeSpan.Zero }, CancellationToken.None));
        context.Delete(true);
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
                    FROM busybox
                    RUN echo the reason; exit 3
            """);

        var error = Assert.Single(report.Failed).Error!;
        Assert.Equal("BuildFailed", error.Id);
        Assert.Contains("the reason", error.Message, StringComparison.Ordinal);
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
}
