using Compose.Engine.Dto;
using Compose.Model;
using Compose.Model.Config;
using Compose.Model.Naming;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Replicas;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Compare;

/// <summary>Compares an inspected container with its service; values that the service does not set come from the image.</summary>
internal static class ContainerComparer
{
    public static IReadOnlyList<FieldChange> Compare(
        PlanContext context, ServiceDefinition service, ObservedContainer container, ContainerInspect actual)
    {
        var source = new ContainerSource
        {
            Project = context.Project, Service = service, Number = container.Number, FinalName = TemporaryContainers.FinalName(
                container.Name), Image = context.Project.ImageOf(service),
            ApiMinor = context.State.ApiMinor, Hashes = context.Hashes, Proxies = context.Proxies,
            Parents = ServiceOrder.ParentContainers(service, context.State),
        };
        var wanted = RequestBinder.Bind(source, new BindingResults(new Dictionary<int, string>()));
        var image = context.State.InspectedImages.TryGetValue(context.Project.ImageOf(service), out var found)
            ? found.Config
            : null;
        var config = actual.Config;
        var host = actual.HostConfig;
        var want = wanted.HostConfig!;
        var changes = new List<FieldChange>();

        Text("image", config.Image, wanted.Image);
        // The engine uses the image's command only if the request has no entrypoint.
        Text(
            "command", Join(config.Cmd),
            Join(wanted is { Cmd: null or { Count: 0 }, Entrypoint: null or { Count: 0 } } ? image?.Cmd : wanted.Cmd));
        Text("entrypoint", Join(config.Entrypoint), Join(wanted.Entrypoint ?? image?.Entrypoint));
        Text("user", config.User, wanted.User ?? image?.User);
        Text(
            "working_dir", config.WorkingDir,
            wanted.WorkingDir is { } directory ? ContainerPath.Clean(directory) : image?.WorkingDir);
        Text("stop_signal", config.StopSignal, wanted.StopSignal ?? image?.StopSignal);
        if (wanted.Hostname is not null || !SharesNames(want))
            Text("hostname", config.Hostname, wanted.Hostname ?? actual.Id.Substring(0, Math.Min(12, actual.Id.Length)));
        Environment(config.Env ?? [], wanted.Env ?? [], image?.Env ?? []);
        changes.AddRange(PairChanges.Of("labels", PairChanges.Own(config.Labels), PairChanges.Own(wanted.Labels), image?.Labels));
        Health(config.Healthcheck, WithImage(wanted.Healthcheck, image?.Healthcheck));
        Text("ports", Ports(host.PortBindings), Ports(want.PortBindings));
        Text("volumes", MountText.Of(host), MountText.Of(want));
        Text("network_mode", Mode(host.NetworkMode), Mode(want.NetworkMode));
        Text("restart", Restart(host.RestartPolicy), Restart(want.RestartPolicy));
        Text("domainname", config.Domainname, wanted.Domainname);
        // Newer engines have MAC addresses only in endpoints, which EndpointComparer compares.
        if (!EngineFeatures.HasMacPerEndpoint(source.ApiMinor))
            Text("mac_address", config.MacAddress, wanted.MacAddress);
        Text("tty", config.Tty.ToString(), (wanted.Tty ?? false).ToString());
        Text("stdin_open", config.OpenStdin.ToString(), (wanted.OpenStdin ?? false).ToString());
        // Zero is a setting too: the engine kills at once.
        Text("stop_grace_period", Seconds(config.StopTimeout), Seconds(wanted.StopTimeout));
        Text(
            "expose", Set(config.ExposedPorts?.Keys.SelectMany(PortTranslation.Expand).Distinct()),
            Set((wanted.ExposedPorts?.Keys ?? []).Union(image?.ExposedPorts?.Keys ?? [])));
        Text(
            "tmpfs", Set(host.Tmpfs?.Select(pair => pair.Key + ":" + pair.Value)),
            Set(want.Tmpfs?.Select(pair => pair.Key + ":" + pair.Value)));
        changes.AddRange(HostComparer.Compare(host, want));
        if (service.NetworkMode is null)
            changes.AddRange(EndpointComparer.Compare(context.Project, actual, RequestBinder.Endpoints(source)));
        if (LinkComparer.Compare(context, service, actual) is { } links)
            changes.Add(links);
        return changes;

        void Text(string field, string? old, string? now)
        {
            if ((old ?? "") != (now ?? ""))
                changes.Add(new FieldChange(field, old is "" ? null : old, now is "" ? null : now));
        }

        void Health(HealthConfig? old, HealthConfig? now)
        {
            Text("healthcheck.test", Join(old?.Test), Join(now?.Test));
            Text("healthcheck.interval", Duration(old?.Interval), Duration(now?.Interval));
            Text("healthcheck.timeout", Duration(old?.Timeout), Duration(now?.Timeout));
            Text("healthcheck.retries", Number(old?.Retries), Number(now?.Retries));
            Text("healthcheck.start_period", Duration(old?.StartPeriod), Duration(now?.StartPeriod));
            Text("healthcheck.start_interval", Duration(old?.StartInterval), Duration(now?.StartInterval));
        }

        // Values may be secret, so only names are shown.
        void Environment(IReadOnlyList<string> old, IReadOnlyList<string> now, IReadOnlyList<string> given)
        {
            var (before, after) = (Variables(old), Variables(given.Concat(now)));
            foreach (var name in before.Keys.Union(after.Keys).OrderBy(name => name, StringComparer.Ordinal))
            {
                before.TryGetValue(name, out var was);
                after.TryGetValue(name, out var will);
                if (was != will)
                    changes.Add(new FieldChange("environment." + name, PairChanges.Mask(was), PairChanges.Mask(will)));
            }
        }
    }

    /// <summary>Whether the container has the host name of the host or of another container.</summary>
    private static bool SharesNames(HostConfig host) =>
        host.NetworkMode == "host"
            || host.UTSMode == "host"
            || host.NetworkMode?.StartsWith("container:", StringComparison.Ordinal) == true;

    /// <summary>Newer engines report the default mode as bridge.</summary>
    private static string? Mode(string? mode) => mode == "default" ? "bridge" : mode;

    private static Dictionary<string, string> Variables(IEnumerable<string> lines)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parts in lines.Select(line => line.Split(['='], 2)).Where(parts => parts.Length == 2))
            variables[parts[0]] = parts[1];
        return variables;
    }

    /// <summary>The engine takes values that the file's healthcheck does not have from the image.</summary>
    private static HealthConfig? WithImage(HealthConfig? wanted, HealthConfig? image) => wanted is null || image is null
        ? wanted ?? image
        : new HealthConfig
        {
            Test = wanted.Test is { Count: > 0 } ? wanted.Test : image.Test,
            Interval = Either(wanted.Interval, image.Interval),
            Timeout = Either(wanted.Timeout, image.Timeout),
            Retries = wanted.Retries is { } retries and not 0 ? retries : image.Retries,
            StartPeriod = Either(wanted.StartPeriod, image.StartPeriod),
            StartInterval = Either(wanted.StartInterval, image.StartInterval),
        };

    private static long? Either(long? wanted, long? image) => wanted is null or 0 ? image : wanted;

    private static string Duration(long? nanoseconds) =>
        nanoseconds is { } value and not 0 ? GoDuration.Format(TimeSpan.FromTicks(value / 100)) : "";

    private static string Ports(IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? ports) =>
        Set(ports?.SelectMany(pair => pair.Value.Select(binding => $"{binding.HostIp}:{binding.HostPort}:{pair.Key}")));

    private static string Restart(RestartPolicy? policy) =>
        policy is null || policy.Name is "" or "no"
            ? ""
            : FormattableString.Invariant($"{policy.Name}:{policy.MaximumRetryCount}");

    private static string? Seconds(int? seconds) => seconds is { } value ? GoDuration.Format(TimeSpan.FromSeconds(value)) : null;

    private static string Number(long? value) => value is null or 0 ? "" : FormattableString.Invariant($"{value}");

    private static string Join(IEnumerable<string>? words) => string.Join(" ", words ?? []);

    private static string Set(IEnumerable<string>? values) =>
        string.Join(", ", (values ?? []).OrderBy(value => value, StringComparer.Ordinal));
}
