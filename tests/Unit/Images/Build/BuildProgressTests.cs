using System.Text;
using System.Text.Json;
using Compose.Engine.Dto;
using Compose.Events;
using Compose.Images.Build;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Build;

/// <summary>The progress of a running build, and the error of a failed one.</summary>
public class BuildProgressTests
{
    private readonly Told _sink = new();

    [Fact]
    public void A_step_that_ends_gives_the_word_back_to_what_still_runs()
    {
        var progress = new BuildProgress(Request("FROM busybox\n"), _sink);

        progress.Take(Trace("a", "[one 1/2] RUN long"));
        progress.Take(Trace("b", "[two 1/2] RUN short"));
        progress.Take(Trace("b", "[two 1/2] RUN short", completed: true));
        progress.Take(Trace("c", "[three 1/1] CACHED", completed: true));
        progress.Take(Trace("a", "[one 1/2] RUN long", completed: true));

        Assert.Equal(
            ["[one 1/2] RUN long", "[two 1/2] RUN short", "[one 1/2] RUN long"], _sink.Events.Select(told => told.Status));
        Assert.All(_sink.Events, told => Assert.True(told.Timed));
    }

    [Fact]
    public void Lines_of_buildx_name_the_running_step_and_what_it_printed_last()
    {
        var progress = new BuildProgress(Request("FROM busybox\n"), _sink);

        foreach (var line in new[] {
            "#1 [internal] load build definition", "#1 DONE 0.0s", "#5 [2/2] RUN make", "#5 0.123 compiling", "",
            "#5 [2/2] RUN make", "#5 0.9 linking", "#5 DONE 1.0s", "#5 [2/2] RUN make"})
            progress.TakeLine(line);

        Assert.Equal(
            [
                ("[internal] load build definition", null), ("[2/2] RUN make", null),
                ("[2/2] RUN make", "compiling"), ("[2/2] RUN make", "linking"),
            ],
            _sink.Events.Select(told => (told.Status, told.Detail)));
    }

    [Fact]
    public void A_failed_build_leads_with_its_step_and_why_then_the_line_and_what_was_printed()
    {
        var progress = new BuildProgress(Request("FROM busybox\nRUN true \\\n  && echo oh no; \\\n  exit 3\n"), _sink);
        foreach (var line in new[]
        {
            "#4 [1/2] FROM busybox", "#4 DONE 0.1s", "#5 [2/2] RUN true   && echo oh no;   exit 3", "#5 0.2 oh no",
            "#5 ERROR: process \"/bin/sh -c true\" did not complete successfully: exit code: 3", "------", " > [2/2] RUN true:",
            "0.2 oh no", "------",
            "ERROR: failed to build: failed to solve: process \"/bin/sh -c true\" did not complete successfully: exit code: 3",
        })
            progress.TakeLine(line);

        var error = progress.Failure("docker buildx ended with exit code 1.").Info;

        Assert.Equal(
            [
                "compose.yaml:1:12: line 2 of dockerfile_inline: the image 'acme' of service 'a' cannot be built: [2/2] RUN true "
                    + "  && echo oh no;   exit 3: process \"/bin/sh -c true\" did not complete successfully: exit code: 3",
                "   2 | RUN true \\", "oh no",
            ],
            error.Message.Substring(error.Message.IndexOf("compose.yaml", StringComparison.Ordinal)).Split('\n'));
    }

    [Fact]
    public void A_step_that_two_lines_may_be_has_no_place_but_the_services()
    {
        var progress = new BuildProgress(Request("FROM busybox\nRUN false\nFROM busybox\nRUN false\n"), _sink);
        progress.TakeLine("#5 [2/2] RUN false");
        progress.TakeLine("#5 ERROR: exit code: 1");

        Assert.Contains(
            "1:12: the image 'acme' of service 'a' cannot be built: [2/2] RUN false: it ended",
            progress.Failure("it ended").Info.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_builder_says_of_secrets_is_not_told()
    {
        var arguments = new Dictionary<string, string?> { ["API_TOKEN"] = "s3cret", ["MODE"] = "plain", ["PASSWORD"] = "" };
        var progress = new BuildProgress(Request("FROM busybox\n") with { Arguments = arguments }, _sink);
        foreach (var line in new[] {
            "#5 [2/2] RUN login s3cret plain", "#5 0.1 s3cret from https://me:pass@host/r", "#5 ERROR: exit code: 1"})
            progress.TakeLine(line);

        Assert.All(_sink.Events, told => Assert.Equal("[2/2] RUN login *** plain", told.Status));
        Assert.Contains(_sink.Events, told => told.Detail == "*** from https://***@host/r");
        Assert.DoesNotContain("s3cret", progress.Failure("it ended with s3cret").Info.Message, StringComparison.Ordinal);
    }

    private static BuildRequest Request(string dockerfile)
    {
        var project = LoadedFiles.Load(
            $"services: {{a: {{image: acme, build: {{dockerfile_inline: {JsonSerializer.Serialize(dockerfile)}}}}}}}").Project!;
        return new BuildRequest { Project = project, Service = project.Services["a"], Image = "acme" };
    }

    private static ProgressMessage Trace(string digest, string name, bool completed = false)
    {
        byte[] step = [.. Field(1, digest), .. Field(3, name), .. Field(5, "t"), .. completed ? Field(6, "t") : []];
        byte[] message = [0x0A, (byte)step.Length, .. step];
        return new ProgressMessage
        {
            Id = "moby.buildkit.trace",
            Aux = JsonSerializer.SerializeToElement(Convert.ToBase64String(message)),
        };
    }

    private static byte[] Field(int field, string text) =>
        [(byte)((field << 3) | 2), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private sealed class Told : IEventSink
    {
        public List<ProgressEvent> Events { get; } = [];

        public void Emit(ComposeEvent composeEvent) => Events.AddRange(new[] { composeEvent }.OfType<ProgressEvent>());

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
