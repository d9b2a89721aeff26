using System.Net.Sockets;
using System.Text.Json;
using Compose.Engine.Own;
using Compose.Images.Build;
using Compose.Plan.Input;
using Compose.State;
using Compose.Tests.Images.Buildx;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Build;

/// <summary>Image labels of images that have a manifest for each platform and one id for all of them.</summary>
[Collection(BuildxTests.Path)]
public sealed class ContainerdImagesTests
{
    private const string Image = "composetest-platforms";
    private const string Run = "image: " + Image + ", command: [busybox, sleep, \"600\"], init: true, stop_grace_period: 0s";
    private static readonly string Plain = $"services: {{a: {{{Run}}}, amd: {{{Run}, platform: linux/amd64}}}}";
    private static readonly string Pinned =
        $"services: {{a: {{{Run}}}, amd: {{{Run}, platform: linux/amd64}}, x86: {{{Run}, platform: linux/386}}}}";

    [ContainerdFact]
    public async Task Each_service_is_labelled_with_its_platforms_manifest_and_a_second_up_does_nothing()
    {
        await using var project = await CreateAsync("store");
        var id = await BuildAsync(project, "false");
        var manifests = await ManifestsAsync();
        Assert.Equal(3, manifests.Values.Append(id).Distinct().Count());

        (await project.UpAsync(Pinned)).AssertSucceeded();

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["a"] = manifests["amd64"],
                ["amd"] = manifests["amd64"],
                ["x86"] = manifests["386"],
            },
            await LabelsAsync(project));
        Assert.Equal("386", (await project.ReadFileAsync("x86", "/arch")).Trim());
        Assert.True((await project.PlanAsync(Pinned)).IsEmpty);
        Assert.Empty(project.Warnings);
        await RemoveAsync(project);
    }

    /// <summary>Another attestation changes the id of an otherwise equal image.</summary>
    [ContainerdFact]
    public async Task A_build_that_changes_the_attestations_alone_recreates_nothing()
    {
        await using var project = await CreateAsync("storeagain");
        var before = await BuildAsync(project, "mode=min");
        (await project.UpAsync(Pinned)).AssertSucceeded();
        var manifests = await ManifestsAsync();

        var after = await BuildAsync(project, "mode=max");

        Assert.NotEqual(before, after);
        Assert.Equal(manifests, await ManifestsAsync());
        Assert.True((await project.PlanAsync(Pinned)).IsEmpty);
        await RemoveAsync(project);
    }

    /// <summary>The rule of releases up to 5.3: the label is the id, whatever the platform.</summary>
    [ContainerdFact]
    public async Task An_older_release_labels_as_docker_compose_of_that_release_and_neither_recreates_the_others()
    {
        await using var project = await CreateAsync("storepeer");
        var id = await BuildAsync(project, "false");
        var older = new UpOptions { Release = "2.40.3" };
        project.Load(Plain);
        var theirs = await project.PeerAsync("up", "-d");
        Assert.True(theirs.Code == 0, theirs.Output);
        var labels = await LabelsAsync(project);
        Assert.Equal(new Dictionary<string, string> { ["a"] = id, ["amd"] = id }, labels);
        Assert.True((await project.PlanAsync(Plain)).IsEmpty);
        Assert.True((await project.PlanAsync(Plain, older)).IsEmpty);
        await project.DownAsync();

        (await project.UpAsync(Plain, older)).AssertSucceeded();

        Assert.Equal(labels, await LabelsAsync(project));
        var ours = (await project.ContainersAsync()).Select(container => container.Id).Order();
        var again = await project.PeerAsync("up", "-d");
        Assert.True(again.Code == 0, again.Output);
        Assert.Equal(ours, (await project.ContainersAsync()).Select(container => container.Id).Order());
        await RemoveAsync(project);
    }

    private static Task<EngineProject> CreateAsync(string name) =>
        EngineProject.CreateAsync(name, ContainerdFactAttribute.Host, isOther: true);

    /// <summary>Builds the image for two platforms, each with a different file. Returns its id.</summary>
    private static async Task<string> BuildAsync(EngineProject project, string provenance)
    {
        using var buildx = new BuildxOnPath();
        var context = Directory.CreateDirectory(System.IO.Path.Combine(project.Folder, "context")).FullName;
        foreach (var platform in new[] { "amd64", "386" })
            project.Write("context/" + platform, platform + "\n");
        File.Copy("/bin/busybox", System.IO.Path.Combine(context, "busybox"), overwrite: true);
        project.Write("context/Dockerfile", """
            FROM scratch
            ARG TARGETARCH
            COPY busybox /bin/busybox
            COPY busybox /bin/cat
            COPY ${TARGETARCH} /arch
            """);
        var model = project.Load(
            $"services: {{built: {{image: {Image}, build: {{context: context, provenance: \"{provenance}\", "
                + $"platforms: [linux/amd64, linux/386]}}}}}}",
            new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = "1" });
        return await ImageBuilder.BuildAsync(
            project.Session.Engine, new BuildRequest { Project = model, Service = model.Services["built"], Image = Image }, null,
            project, CancellationToken.None);
    }

    /// <summary>The digest of each platform's manifest by architecture, read from the engine.</summary>
    private static async Task<Dictionary<string, string>> ManifestsAsync()
    {
        var path = ContainerdFactAttribute.Host!.Substring("unix://".Length);
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        using var image = JsonDocument.Parse(
            await client.GetStringAsync(new Uri($"http://engine/v1.48/images/{Image}/json?manifests=1")));
        return image.RootElement.GetProperty("Manifests").EnumerateArray()
            .Where(manifest => manifest.GetProperty("Kind").GetString() == "image")
            .ToDictionary(
                manifest => manifest.GetProperty("ImageData").GetProperty("Platform").GetProperty("architecture").GetString()!,
                manifest => manifest.GetProperty("ID").GetString()!);
    }

    private static async Task<Dictionary<string, string>> LabelsAsync(EngineProject project)
    {
        var labels = new Dictionary<string, string>();
        foreach (var container in await project.ContainersAsync())
            labels[container.Service] = (
                await project.Session.Engine.Containers.InspectAsync(container.Id, CancellationToken.None)).Config.Labels![
                    ComposeLabels.Image];
        return labels;
    }

    private static async Task RemoveAsync(EngineProject project)
    {
        await project.DownAsync();
        await project.Session.Engine.Images.RemoveAsync(Image, true, CancellationToken.None);
    }
}
