using System.Text.Json.Nodes;
using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Execute.Describe;

/// <summary>A service that would create the same container: only what differs from the defaults of image and engine.</summary>
internal static class ServiceDescription
{
    private const int ShortId = 12;

    /// <param name="container">The container; the first of several replicas.</param>
    /// <param name="replicas">The number of replicas.</param>
    /// <param name="names">The names of networks, volumes and other containers in the file.</param>
    public static JsonObject Of(DescribedContainer container, int replicas, ProjectResourceNames names)
    {
        var config = container.Inspect.Config;
        var host = container.Inspect.HostConfig;
        var image = container.Image ?? new ContainerConfig();
        var service = new JsonObject();
        service.Text("image", container.ImageName);
        if (!container.HasDefaultName && replicas == 1)
            service.Text("container_name", container.Name);
        if (replicas > 1)
            service.Number("scale", replicas);
        Commands(service, config, image);
        service.Pairs("environment", Environment(config, image));
        service.Pairs("labels", Labels(container.Labels, image.Labels));
        service.Text("user", Unless(config.User, image.User));
        service.Text("working_dir", Unless(config.WorkingDir, image.WorkingDir));
        if (!SharesNames(host)
            && config.Hostname != container.Inspect.Id.Substring(0, Math.Min(ShortId, container.Inspect.Id.Length)))
            service.Text("hostname", config.Hostname);
        service.Text("domainname", config.Domainname);
        service.Text("mac_address", config.MacAddress);
        service.Flag("tty", config.Tty);
        service.Flag("stdin_open", config.OpenStdin);
        service.Text("stop_signal", Unless(config.StopSignal, image.StopSignal));
        if (config.StopTimeout is { } seconds)
            service["stop_grace_period"] = Model.Config.GoDuration.Format(TimeSpan.FromSeconds(seconds));
        Health(service, config.Healthcheck, image.Healthcheck);
        service.Items("ports", PortDescription.Ports(config, host));
        service.Texts("expose", PortDescription.Exposed(config, image, host));
        MountDescription.Add(service, container, names);
        NetworkDescription.Add(service, container, names);
        Dependencies(service, container, names);
        HostDescription.Add(service, container, names);
        return service;
    }

    /// <summary>The labels that come neither from the image nor from compose.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Labels(
        IReadOnlyDictionary<string, string>? labels, IReadOnlyDictionary<string, string>? given) =>
        (labels ?? new Dictionary<string, string>()).Where(label => !ComposeLabels.IsOfTool(label.Key)
            && !(given is not null && given.TryGetValue(label.Key, out var same) && same == label.Value));

    /// <summary>
    /// Writes entrypoint and command if they differ from the image's. The image's command counts only with its entrypoint.
    /// </summary>
    private static void Commands(JsonObject service, ContainerConfig config, ContainerConfig image)
    {
        if (!Same(config.Entrypoint, image.Entrypoint))
        {
            service["entrypoint"] = JsonSection.List(config.Entrypoint);
            // A cleared entrypoint keeps the image's command.
            if (config.Cmd is { Count: > 0 } && !(config.Entrypoint is null or { Count: 0 } && Same(config.Cmd, image.Cmd)))
                service["command"] = JsonSection.List(config.Cmd);
        }
        else if (!Same(config.Cmd, image.Cmd))
        {
            service["command"] = JsonSection.List(config.Cmd);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Environment(ContainerConfig config, ContainerConfig image) =>
        (config.Env ?? []).Except(image.Env ?? []).Select(line => line.Split(['='], 2)).Where(parts => parts.Length == 2)
        .GroupBy(parts => parts[0]).Select(group => new KeyValuePair<string, string>(group.Key, group.Last()[1]));

    private static void Health(JsonObject service, HealthConfig? health, HealthConfig? given)
    {
        if (health is null
            || (
                Same(health.Test, given?.Test)
                    && health with { Test = null } == (given ?? new HealthConfig()) with { Test = null }))
            return;
        var check = new JsonObject();
        if (health.Test is { Count: 1 } none && none[0] == "NONE")
        {
            check["disable"] = true;
        }
        else
        {
            check.Texts("test", health.Test);
            check.Duration("interval", health.Interval);
            check.Duration("timeout", health.Timeout);
            check.Number("retries", health.Retries);
            check.Duration("start_period", health.StartPeriod);
            check.Duration("start_interval", health.StartInterval);
        }

        service.Part("healthcheck", check);
    }

    /// <summary>The dependencies in compose's label (<c>service:condition:restart</c>) that are in the file.</summary>
    private static void Dependencies(JsonObject service, DescribedContainer container, ProjectResourceNames names)
    {
        var dependencies = new JsonObject();
        foreach (var parts in (
            container.Label(ComposeLabels.DependsOn) ?? "")
                .Split([','], StringSplitOptions.RemoveEmptyEntries)
                .Select(text => text.Split(':')))
        {
            if (parts.Length < 2 || !names.HasService(parts[0]))
                continue;
            var dependency = new JsonObject { ["condition"] = parts[1] };
            dependency.Flag("restart", parts.Length > 2 && parts[2] == "true");
            dependencies[parts[0]] = dependency;
        }

        service.Part("depends_on", dependencies);
    }

    private static bool SharesNames(HostConfig host) =>
        host.NetworkMode == "host"
            || host.UTSMode == "host"
            || host.NetworkMode?.StartsWith("container:", StringComparison.Ordinal) == true;

    private static string? Unless(string? value, string? given) => value == given ? null : value;

    private static bool Same(IReadOnlyList<string>? one, IReadOnlyList<string>? other) => (one ?? []).SequenceEqual(other ?? []);
}
