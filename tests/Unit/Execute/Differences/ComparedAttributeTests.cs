using System.Text.Json;
using Compose.Engine.Own;
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
/// Removing an attribute is a change that inspect shows. Each container of our cases is compared with its own service, which
/// must show no difference, and with the service without one attribute, which must show one.
/// </summary>
public class ComparedAttributeTests
{
    /// <summary>Attributes that are not part of a container, or that inspect does not show.</summary>
    private static readonly Dictionary<string, string> NoPart = new()
    {
        [nameof(ServiceDefinition.ContainerName)] = "a new name is a new container",
        [nameof(ServiceDefinition.DependsOn)] = "it orders the steps",
        [nameof(ServiceDefinition.EnvFiles)] = "its variables are in the environment",
        [nameof(ServiceDefinition.Platform)] = "an image of another platform has another id",
        [nameof(ServiceDefinition.Profiles)] = "they select services",
        [nameof(ServiceDefinition.Scale)] = "it counts replicas",
    };

    /// <summary>Attributes of a service without which its container would be the same.</summary>
    private static readonly string[] LikeNothing =
    [
        // The engine's default or own choice.
        "no-init.Init", "runtime.Runtime", "isolation.Isolation", "restart-no.Restart", "pids-unlimited.Resources",
        "replicas.Deploy",
        "deploy-none.Deploy", "deploy-unsaid.Deploy", "ipc-private.Ipc", "ipc-shareable.Ipc", "cgroup-private.Cgroup",
        "cgroup-host.Cgroup",

        // The image has the same value.
        "command-empty.Command", "command-empty.Entrypoint", "command-cleared.Command", "entrypoint-cleared.Command",
        "entrypoint-cleared.Entrypoint",

        // Another attribute of the service has the same or a stronger meaning.
        "both.Expose", "covered.Secrets", "covered.Volumes", "deploy-over-restart.Restart",
        "deploy-limits.Deploy", "deploy-limits.Resources", "deploy-same.Deploy", "deploy-same.Resources",

        // Files that are copied into the container when it starts.
        "environment.Secrets", "owned.Secrets",

        // A container that lost its address looks like one whose address the engine picked. Links on the default bridge depend
        // on other containers.
        "mac.Networks", "mac-first.Networks", "mac-service.MacAddress", "linked-bridge.Links",

        // Engines before API 1.43 do not store annotations.
        "labels.Annotations", "labels-list.Annotations",
    ];

    [EngineFact]
    public async Task No_attribute_is_lost_on_the_comparer()
    {
        using var turn = await EngineLock.AcquireAsync();
        await using var project = await EngineProject.CreateAsync("compared");
        var silent = new List<string>();
        foreach (var file in Directory.EnumerateFiles(
            Path.Combine(AppContext.BaseDirectory, "Golden", "Inspect"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var loaded = ProjectLoader.Load(
                new LoadRequest
                {
                    WorkingDirectory = Path.GetDirectoryName(file)!,
                    Paths = [file],
                    ProjectName = project.Name,
                    Environment = new Dictionary<string, string> { ["SECRET_WORD"] = "word" },
                }).Project!;
            silent.AddRange(await SilentAsync(project, loaded));
            await project.DownAsync(volumes: true);
        }

        var lost = silent.Except(LikeNothing).ToList();
        Assert.True(lost.Count == 0, string.Join(", ", lost));
    }

    private static async Task<IReadOnlyList<string>> SilentAsync(EngineProject project, ComposeProject loaded)
    {
        try
        {
            var run = new UpRun(project.Session, loaded, new UpOptions { NoStart = true });
            while (await run.NextAsync(Answers.None, CancellationToken.None) is { } plan)
                await run.ExecuteAsync(plan, new ExecuteOptions(), project, CancellationToken.None);
        }
        catch (Compose.Errors.ComposeException exception) when (exception.Info.Id == "EngineLacksFeature")
        {
            return [];
        }

        var observed = await project.Session.ObserveAsync(loaded, CancellationToken.None);
        var image = await project.Session.Engine.Images.InspectAsync("busybox", CancellationToken.None);
        var state = observed.State with
        {
            InspectedImages = new Dictionary<string, Compose.Engine.Dto.ImageInspect> { ["busybox"] = image },
        };
        var context = (observed with { State = state }).Context();
        var silent = new List<string>();
        foreach (var container in state.Containers)
        {
            var service = loaded.Services[container.Service];
            var found = await project.Session.Engine.Containers.InspectAsync(container.Id, CancellationToken.None);
            var unchanged = Changes(service);
            foreach (var (name, without) in Without(service).Where(change => !NoPart.ContainsKey(change.Name)))
            {
                if (Changes(without) == unchanged)
                    silent.Add($"{service.Name}.{name}");
            }

            string Changes(ServiceDefinition wanted) => string.Join("; ",
                ContainerComparer.Compare(context, wanted, container, found)
                    .Select(change => $"{change.Field}: {change.Old} -> {change.New}"));
        }

        return silent;
    }

    /// <summary>Copies of the service, each without one of its attributes.</summary>
    private static IEnumerable<(string Name, ServiceDefinition Service)> Without(ServiceDefinition service)
    {
        var nothing = new ServiceDefinition
        {
            Name = service.Name, Image = service.Image, Origin = service.Origin,
            Networks = service.Networks.ToDictionary(pair => pair.Key, _ => (ServiceNetworkDefinition?)null),
        };
        var clone = typeof(ServiceDefinition).GetMethod("<Clone>$")!;
        foreach (var property in typeof(ServiceDefinition).GetProperties().Where(property => property.CanWrite))
        {
            if (Text(property.GetValue(service)) == Text(property.GetValue(nothing)))
                continue;
            var without = (ServiceDefinition)clone.Invoke(service, null)!;
            property.SetValue(without, property.GetValue(nothing));
            yield return (property.Name, without);
        }

        static string Text(object? value) => JsonSerializer.Serialize(value);
    }
}
