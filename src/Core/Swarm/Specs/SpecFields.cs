using System.Globalization;
using Compose.Engine.Dto;
using Compose.Model.Config;
using Compose.Model.Naming;
using Compose.Plan.Compare;
using Compose.State;

namespace Compose.Swarm.Specs;

/// <summary>
/// A service's spec as texts by attribute of the compose file. What the engine fills in is left out, and lists without an order
/// are sorted, so that two specs that mean the same have the same texts.
/// </summary>
internal sealed class SpecFields
{
    public const string Image = "image";
    public const string Platform = "platform";
    public const string Replicas = "deploy.replicas";

    private const string StopFirst = "stop-first";
    private static readonly long TenSeconds = Nanoseconds(10);
    private static readonly long FiveSeconds = Nanoseconds(5);

    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly string _prefix;

    private SpecFields(string? stack) => _prefix = stack + "_";

    /// <param name="spec">The spec.</param>
    /// <param name="names">The names of networks by id, for a spec that the engine reports.</param>
    public static IReadOnlyDictionary<string, string> Of(
        SwarmServiceSpec spec, IReadOnlyDictionary<string, string>? names = null)
    {
        var fields = new SpecFields(StackLabels.StackOf(spec.Labels));
        fields.Pairs("deploy.labels", Own(spec.Labels));
        fields.Mode(spec.Mode);
        fields.Update("deploy.update_config", spec.UpdateConfig);
        fields.Update("deploy.rollback_config", spec.RollbackConfig);
        fields.Text("deploy.endpoint_mode", spec.EndpointSpec?.Mode, "vip");
        fields.Set("ports", spec.EndpointSpec?.Ports?.Select(Port));
        fields.Task(spec.TaskTemplate);
        fields.Container(spec.TaskTemplate.ContainerSpec);
        foreach (var network in spec.TaskTemplate.Networks ?? [])
            fields.Network(network, names);
        return fields._texts;
    }

    private void Mode(SwarmServiceMode? mode)
    {
        (string Name, long? Count) tasks =
            mode?.Global is not null ? ("global", null)
            : mode?.GlobalJob is not null ? ("global-job", null)
            : mode?.ReplicatedJob is { } job ? ("replicated-job", job.TotalCompletions ?? 1)
            : ("replicated", mode?.Replicated?.Replicas ?? 1);
        Text("deploy.mode", tasks.Name, "replicated");
        Text(Replicas, Number(tasks.Count));
    }

    private void Update(string field, SwarmUpdateConfig? config)
    {
        if (config is null)
            return;
        Text(field + ".parallelism", Number(config.Parallelism), "1");
        Text(field + ".delay", Duration(config.Delay), "0s");
        Text(field + ".failure_action", config.FailureAction, "pause");
        Text(field + ".monitor", Duration(config.Monitor ?? FiveSeconds), "5s");
        Text(field + ".max_failure_ratio", config.MaxFailureRatio.ToString("0.####", CultureInfo.InvariantCulture), "0");
        Text(field + ".order", config.Order, StopFirst);
    }

    private void Task(SwarmTaskSpec task)
    {
        var (limits, reserved) = (task.Resources?.Limits, task.Resources?.Reservations);
        Text("deploy.resources.limits.cpus", Cpus(limits?.NanoCPUs));
        Text("deploy.resources.limits.memory", Amount(limits?.MemoryBytes));
        Text("deploy.resources.limits.pids", Amount(limits?.Pids));
        Text("deploy.resources.reservations.cpus", Cpus(reserved?.NanoCPUs));
        Text("deploy.resources.reservations.memory", Amount(reserved?.MemoryBytes));
        Set(
            "deploy.resources.reservations.generic_resources",
            reserved?.GenericResources?.Select(kind => $"{kind.Kind}={kind.Name ?? Number(kind.Value)}"));
        Text("deploy.restart_policy.condition", task.RestartPolicy?.Condition, "any");
        Text("deploy.restart_policy.delay", Duration(task.RestartPolicy?.Delay ?? FiveSeconds), "5s");
        Text("deploy.restart_policy.max_attempts", Amount(task.RestartPolicy?.MaxAttempts));
        Text("deploy.restart_policy.window", Duration(task.RestartPolicy?.Window), "0s");
        Set("deploy.placement.constraints", task.Placement?.Constraints);
        List("deploy.placement.preferences", task.Placement?.Preferences);
        Text("deploy.placement.max_replicas_per_node", Amount(task.Placement?.MaxReplicas));
        Set(Platform, task.Placement?.Platforms?.Select(platform => $"{platform.OS}/{platform.Architecture}".TrimEnd('/')));
        Text("logging.driver", task.LogDriver?.Name);
        Pairs("logging.options", task.LogDriver?.Options);
    }

    private void Container(SwarmContainerSpec container)
    {
        Text(Image, container.Image);
        Pairs("labels", Own(container.Labels));
        List("entrypoint", container.Command);
        List("command", container.Args);
        foreach (var parts in (container.Env ?? []).Select(line => line.Split(['='], 2)))
            _texts["environment." + parts[0]] = parts.Length > 1 ? "=" + parts[1] : "";
        Text("hostname", container.Hostname);
        Text("working_dir", container.Dir);
        Text("user", container.User);
        Set("group_add", container.Groups);
        Set("security_opt", SecurityFields.Of(container.Privileges));
        Text("credential_spec.file", container.Privileges?.CredentialSpec?.File);
        Text("credential_spec.registry", container.Privileges?.CredentialSpec?.Registry);
        Flag("init", container.Init, keepsFalse: true);
        Text("stop_signal", container.StopSignal);
        Flag("tty", container.TTY);
        Flag("stdin_open", container.OpenStdin);
        Flag("read_only", container.ReadOnly);
        foreach (var mount in container.Mounts ?? [])
            Mount(mount with { Target = ContainerPath.Clean(mount.Target) });
        Text("stop_grace_period", Duration(container.StopGracePeriod ?? TenSeconds), "10s");
        Health(container.Healthcheck);
        Set("extra_hosts", container.Hosts);
        List("dns", container.DNSConfig?.Nameservers);
        List("dns_search", container.DNSConfig?.Search);
        List("dns_opt", container.DNSConfig?.Options);
        foreach (var secret in container.Secrets ?? [])
            Text("secrets." + secret.File?.Name, File(secret.SecretName, secret.File));
        foreach (var config in container.Configs ?? [])
            Text(
                config.Runtime is null ? "configs." + config.File?.Name : "credential_spec.config",
                File(config.ConfigName, config.File));
        Text("isolation", container.Isolation, "default");
        Pairs("sysctls", container.Sysctls);
        Set("cap_add", container.CapabilityAdd);
        Set("cap_drop", container.CapabilityDrop);
        foreach (var limit in container.Ulimits ?? [])
            Text("ulimits." + limit.Name, $"{Number(limit.Soft)}:{Number(limit.Hard)}");
        Text("oom_score_adj", Number(container.OomScoreAdj), "0");
    }

    private void Health(HealthConfig? check)
    {
        List("healthcheck.test", check?.Test);
        Text("healthcheck.interval", Duration(check?.Interval), "0s");
        Text("healthcheck.timeout", Duration(check?.Timeout), "0s");
        Text("healthcheck.retries", Amount(check?.Retries));
        Text("healthcheck.start_period", Duration(check?.StartPeriod), "0s");
        Text("healthcheck.start_interval", Duration(check?.StartInterval), "0s");
    }

    private void Mount(Mount mount)
    {
        var field = "volumes." + mount.Target;
        Text(field, MountText.Of(mount));
        Text(field + ".consistency", mount.Consistency, "default");
        Pairs(field + ".labels", Own(mount.VolumeOptions?.Labels));
        Text(field + ".driver", mount.VolumeOptions?.DriverConfig?.Name);
        Pairs(field + ".driver_opts", mount.VolumeOptions?.DriverConfig?.Options);
    }

    /// <summary>A network under its key in the file, or its name if that is not of the stack.</summary>
    private void Network(SwarmNetworkAttachment network, IReadOnlyDictionary<string, string>? names)
    {
        var id = network.Target ?? "";
        var name = network.Name ?? (names is not null && names.TryGetValue(id, out var known) ? known : id);
        var field = "networks."
            + (name.StartsWith(_prefix, StringComparison.Ordinal) ? name.Substring(_prefix.Length) : name);
        _texts[field] = "joined";
        Set(field + ".aliases", network.Aliases?.Distinct());
        Pairs(field + ".driver_opts", network.DriverOpts);
    }

    private void Text(string field, string? value, string? filledIn = null)
    {
        if (value is { Length: > 0 } && value != filledIn)
            _texts[field] = value;
    }

    private void Flag(string field, bool? value, bool keepsFalse = false) =>
        Text(field, value == true ? "true" : value == false && keepsFalse ? "false" : null);

    private void Pairs(string field, IEnumerable<KeyValuePair<string, string>>? pairs)
    {
        foreach (var pair in pairs ?? [])
            _texts[field + "." + pair.Key] = pair.Value;
    }

    private void List(string field, IEnumerable<string>? words) =>
        Text(field, string.Join(" ", (words ?? []).Select(Word)));

    private void Set(string field, IEnumerable<string?>? values) =>
        Text(field, string.Join(", ", (values ?? []).OrderBy(value => value, StringComparer.Ordinal)));

    private static string Word(string word) => word.Length == 0 || word.IndexOf(' ') >= 0 ? $"\"{word}\"" : word;

    private static IEnumerable<KeyValuePair<string, string>>? Own(IReadOnlyDictionary<string, string>? labels) =>
        labels?.Where(pair => !StackLabels.IsOfTool(pair.Key));

    private static string Port(SwarmPort port) => string.Concat(
        port.PublishedPort is > 0 and var published ? Number(published) + ":" : "", Number(port.TargetPort), "/",
        port.Protocol ?? "tcp", port.PublishMode == "host" ? " on the node" : "", port.Name is null ? "" : " " + port.Name);

    private static string File(string? name, SwarmFileTarget? file) => file is null
        ? name ?? ""
        : $"{name} {file.UID}:{file.GID} {Convert.ToString(file.Mode, 8)}";

    private static string? Cpus(long? nano) =>
        nano is > 0 and var count ? (count / 1e9).ToString("0.#########", CultureInfo.InvariantCulture) : null;

    private static string? Amount(long? value) => value is > 0 ? Number(value) : null;

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Duration(long? nanoseconds) =>
        nanoseconds is { } count ? GoDuration.Format(TimeSpan.FromTicks(count / 100)) : null;

    private static long Nanoseconds(int seconds) => TimeSpan.FromSeconds(seconds).Ticks * 100;
}
