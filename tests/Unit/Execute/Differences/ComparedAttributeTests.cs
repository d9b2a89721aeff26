using Compose.Execute.Session;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Plan.Compare;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Differences;

/// <summary>
/// Taking any attribute away is a change that shows in inspect: a container of each service of our cases, compared with a service
/// that asks for nothing.
/// </summary>
public class ComparedAttributeTests
{
    /// <summary>
    /// Services whose settings are what an engine does anyway (or by its own choice: namespaces), or that inspect does not tell: an
    /// address beside one the engine picks, links that depend on other containers, what is copied in at the start, block weights.
    /// </summary>
    private static readonly string[] LikeNothing =
    [
        "command-null", "command-empty", "entrypoint-cleared", "no-init", "platform", "runtime", "replicas", "scale", "waits", "isolation", "pids-unlimited",
        "restart-no", "deploy-none", "deploy-unsaid", "default", "default-name", "one", "cgroup-private", "cgroup-host", "ipc-private", "ipc-shareable",
        "mac", "mac-first", "linked", "linked-outside", "environment", "empty", "mode-empty", "blkio", "processors",
    ];

    [EngineFact]
    public async Task No_attribute_is_lost_on_the_comparer()
    {
        using var turn = await EngineLock.AcquireAsync();
        await using var project = await EngineProject.CreateAsync("compared");
        var silent = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Golden", "Inspect"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var loaded = ProjectLoader.Load(new LoadRequest { WorkingDirectory = Path.GetDirectoryName(file)!, Paths = [file], ProjectName = project.Name, Environment = new Dictionary<string, string> { ["SECRET_WORD"] = "word" } }).Project!;
            silent.AddRange(await SilentAsync(project, loaded));
            await project.DownAsync(volumes: true);
        }

        Assert.Empty(silent.Except(LikeNothing));
    }

    private static async Task<IReadOnlyList<string>> SilentAsync(EngineProject project, ComposeProject loaded)
    {
        try
        {
            var run = project.Session.StartUp(loaded, new UpOptions { NoStart = true });
            while (await run.NextAsync(Answers.None, CancellationToken.None) is { } plan)
                await run.ExecuteAsync(plan, new ExecuteOptions(), project, CancellationToken.None);
        }
        catch (Compose.Errors.ComposeException exception) when (exception.Info.Id == "EngineLacksFeature")
        {
            return [];
        }

        var state = await project.Session.ObserveAsync(loaded, CancellationToken.None);
        var image = await project.Session.Engine.Images.InspectAsync("busybox", CancellationToken.None);
        var context = project.Session.Context(loaded, state with { InspectedImages = new Dictionary<string, Compose.Engine.Dto.ImageInspect> { ["busybox"] = image } }, new UpOptions(), Answers.None);
        var silent = new List<string>();
        foreach (var container in state.Containers)
        {
            var service = loaded.Services[container.Service];
            var nothing = new ServiceDefinition
            {
                Name = service.Name, Image = "busybox", Origin = service.Origin,
                Networks = service.Networks.Count > 0 ? service.Networks.ToDictionary(pair => pair.Key, _ => (ServiceNetworkDefinition?)null) : new Dictionary<string, ServiceNetworkDefinition?> { ["default"] = null },
            };
            var found = await project.Session.Engine.Containers.InspectAsync(container.Id, CancellationToken.None);
            var known = context.Project.Networks.ContainsKey("default") || service.Networks.Count > 0 ? nothing : nothing with { NetworkMode = "none", Networks = new Dictionary<string, ServiceNetworkDefinition?>() };
            if (ContainerComparer.Compare(context, known, container, found).Count == 0)
                silent.Add(service.Name);
        }

        return silent;
    }
}
