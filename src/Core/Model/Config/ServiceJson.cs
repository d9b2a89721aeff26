using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>Writes services with their attributes in docker compose's order, because the config hash depends on it.</summary>
internal sealed class ServiceJson(Utf8JsonWriter json, ConfigForm form)
{
    public void Write(ServiceDefinition service)
    {
        var limits = new LimitsJson(json, form);
        if (form.KeepsProfiles)
            json.Texts("profiles", service.Profiles);
        json.Pairs("annotations", service.Annotations);
        json.Maybe("attach", service.Attach);
        if (form.KeepsBuild && service.Build is { } build)
            json.Section("build", () => new BuildJson(json, form).Write(build));
        if (service.Develop is { } develop)
            json.Section("develop", () => json.Items("watch", develop.Watch, Watch));
        limits.Blkio(service);
        json.Texts("cap_add", service.CapAdd);
        json.Texts("cap_drop", service.CapDrop);
        json.Text("cgroup_parent", service.CgroupParent);
        json.Text("cgroup", service.Cgroup);
        limits.Processor(service);
        json.TextsOrNull("command", service.Command);
        json.Items("configs", service.Configs, FileObject);
        json.Text("container_name", service.ContainerName);
        if (service.CredentialSpec is { } spec)
            json.Section("credential_spec", () => CredentialSpec(spec));
        if (form.KeepsDependencies)
            json.Map("depends_on", service.DependsOn, (_, dependency) => json.Section(() => Dependency(dependency)));
        if ((service.Deploy ?? (form.AlwaysDeploys ? new DeployDefinition() : null)) is { } deploy)
            json.Section("deploy", () => new DeployJson(json, form).Write(deploy));
        json.Texts("device_cgroup_rules", service.DeviceCgroupRules);
        if (form.DevicesAreText)
            json.Texts("devices", [.. service.Devices.Select(DeviceText)]);
        else
            json.Items("devices", service.Devices, Device);
        json.Texts("dns", service.Dns);
        json.Texts("dns_opt", service.DnsOptions);
        json.Texts("dns_search", service.DnsSearch);
        json.Text("domainname", service.DomainName);
        json.TextsOrNull("entrypoint", service.Entrypoint);
        if (service.Provider is { } provider)
            json.Section("provider", () => Provider(provider));
        json.Variables("environment", service.Environment);
        json.Items("env_file", service.EnvFiles, EnvFile);
        json.Texts("expose", service.Expose);
        json.Texts("external_links", service.ExternalLinks);
        json.Hosts("extra_hosts", service.ExtraHosts, form.HostsHaveColons ? ':' : '=');
        json.Texts("group_add", service.GroupAdd);
        json.Items("gpus", service.Gpus, new DeployJson(json, form).DeviceRequest);
        json.Text("hostname", service.Hostname);
        if (service.Healthcheck is { } healthcheck)
            json.Section("healthcheck", () => Healthcheck(healthcheck));
        json.Text("image", service.Image);
        json.Maybe("init", service.Init);
        json.Text("ipc", service.Ipc);
        json.Text("isolation", service.Isolation);
        json.Pairs("labels", service.Labels);
        if (form.KeepsLabelFiles)
            json.Texts("label_file", service.LabelFiles);
        json.Texts("links", service.Links);
        if (service.Logging is { } logging)
            json.Section("logging", () => Logging(logging));
        limits.Memory(service);
        json.Text("mac_address", service.MacAddress);
        json.Map("models", service.Models, (_, model) => Model(model));
        json.Text("network_mode", service.NetworkMode);
        json.Map("networks", service.Networks, (_, network) => Network(network));
        json.Flag("oom_kill_disable", service.OomKillDisable);
        json.Whole("oom_score_adj", service.OomScoreAdj);
        json.Text("pid", service.Pid);
        limits.Pids(service);
        json.Text("platform", service.Platform);
        json.Items("ports", service.Ports, Port);
        json.Flag("privileged", service.Privileged);
        if (form.KeepsBuild)
            json.Text("pull_policy", service.PullPolicy);
        json.Flag("read_only", service.ReadOnly);
        json.Text("restart", service.Restart);
        json.Text("runtime", service.Runtime);
        if (form.KeepsBuild)
            json.Exact("scale", service.Scale);
        json.Items("secrets", service.Secrets, FileObject);
        json.Texts("security_opt", service.SecurityOptions);
        json.Bytes("shm_size", service.ShmSize);
        json.Flag("stdin_open", service.StdinOpen);
        json.Duration("stop_grace_period", service.StopGracePeriod);
        json.Text("stop_signal", service.StopSignal);
        if (form.KeepsStorageOptions)
            json.Pairs("storage_opt", service.StorageOptions);
        json.Pairs("sysctls", service.Sysctls);
        json.Texts("tmpfs", service.Tmpfs);
        json.Flag("tty", service.Tty);
        limits.Ulimits(service.Ulimits);
        json.Flag("use_api_socket", service.UseApiSocket);
        json.Text("user", service.User);
        json.Text("userns_mode", service.UsernsMode);
        json.Text("uts", service.Uts);
        json.Items("volumes", service.Volumes, mount => new MountJson(json, form).Write(mount));
        json.Texts("volumes_from", service.VolumesFrom);
        json.Text("working_dir", service.WorkingDir);
        json.Items("pre_start", service.PreStart, Hook);
        json.Items("post_start", service.PostStart, Hook);
        json.Items("pre_stop", service.PreStop, Hook);
    }

    private void EnvFile(EnvFileDefinition file)
    {
        json.Text("path", file.Path);
        if (!file.Required)
            json.WriteBoolean("required", false);
        json.Text("format", file.Format);
    }

    public void FileObject(FileObjectReference use)
    {
        json.Text("source", use.Source);
        json.Text("target", use.Target);
        json.Text("uid", use.Uid);
        json.Text("gid", use.Gid);
        if (use.Mode is { } mode)
            form.WriteMode(json, mode);
    }

    private void Dependency(DependencyDefinition dependency)
    {
        json.Text("condition", dependency.Condition);
        json.Flag("restart", dependency.Restart);
        json.WriteBoolean("required", dependency.Required);
    }

    private void Healthcheck(HealthcheckDefinition check)
    {
        json.Texts("test", check.Test);
        json.Duration("timeout", check.Timeout);
        json.Duration("interval", check.Interval);
        json.Exact("retries", check.Retries);
        json.Duration("start_period", check.StartPeriod);
        json.Duration("start_interval", check.StartInterval);
        json.Flag("disable", check.Disable);
    }

    private void Network(ServiceNetworkDefinition? network)
    {
        if (network is null)
        {
            json.WriteNullValue();
            return;
        }

        json.Section(() =>
        {
            if (!form.SortsNetworkAttributes)
                json.Whole("priority", network.Priority);
            if (form is { SortsNetworkAttributes: false, KeepsGatewayPriority: true })
                json.Whole("gw_priority", network.GatewayPriority);
            json.Texts("aliases", network.Aliases);
            if (form.SortsNetworkAttributes)
            {
                json.Pairs("driver_opts", network.DriverOptions);
                json.Whole("gw_priority", network.GatewayPriority);
                json.Text("interface_name", network.InterfaceName);
            }

            json.Text("ipv4_address", network.IPv4Address);
            json.Text("ipv6_address", network.IPv6Address);
            json.Texts("link_local_ips", network.LinkLocalIPs);
            json.Text("mac_address", network.MacAddress);
            if (form.SortsNetworkAttributes)
                json.Whole("priority", network.Priority);
            else
                json.Pairs("driver_opts", network.DriverOptions);
        });
    }

    private void Port(PortDefinition port)
    {
        json.Text("name", port.Name);
        json.Text("mode", form.CompletesPorts || port.ModeIsSet ? port.Mode : null);
        json.Text("host_ip", port.HostIP);
        json.WriteNumber("target", port.Target);
        json.Text("published", port.Published);
        json.Text("protocol", form.CompletesPorts || port.ProtocolIsSet ? port.Protocol : null);
        json.Text("app_protocol", port.AppProtocol);
    }

    private void Logging(LoggingDefinition logging)
    {
        json.Text("driver", logging.Driver);
        json.Pairs("options", logging.Options);
    }

    private void Device(DeviceDefinition device)
    {
        json.Text("source", device.Source);
        json.Text("target", device.Target);
        json.Text("permissions", device.Permissions);
    }

    /// <summary>The short form of a device, with its target even if that equals the source.</summary>
    private static string DeviceText(DeviceDefinition device)
    {
        var paths = $"{device.Source}:{device.Target ?? device.Source}";
        return device.Permissions is null or "rwm" ? paths : $"{paths}:{device.Permissions}";
    }

    private void Hook(HookDefinition hook)
    {
        json.TextsOrNull("command", hook.Command);
        json.Text("image", hook.Image);
        json.Text("user", hook.User);
        json.Flag("privileged", hook.Privileged);
        json.Text("working_dir", hook.WorkingDir);
        json.Variables("environment", hook.Environment);
        json.Flag("per_replica", hook.PerReplica);
    }

    private void Watch(WatchDefinition watch)
    {
        json.Text("path", watch.Path);
        json.Text("action", watch.Action);
        json.Text("target", watch.Target);
        if (form.WatchesHaveExec)
            json.Section("exec", () =>
            {
                if (watch.Exec is { } hook)
                    Hook(hook);
                else
                    json.WriteNull("command");
            });
        json.Texts("include", watch.Include);
        json.Texts("ignore", watch.Ignore);
        json.Flag("initial_sync", watch.InitialSync);
    }

    private void Provider(ProviderDefinition provider)
    {
        json.Text("type", provider.Type);
        json.Map("options", provider.Options, (_, values) =>
        {
            json.WriteStartArray();
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        });
    }

    /// <summary>Writes a reference to a model; null if it has no attributes.</summary>
    private void Model(ServiceModelDefinition? model)
    {
        if (model is null or { EndpointVariable: null, ModelVariable: null })
            json.WriteNullValue();
        else
            json.Section(() =>
            {
                json.Text("endpoint_var", model.EndpointVariable);
                json.Text("model_var", model.ModelVariable);
            });
    }

    private void CredentialSpec(CredentialSpecDefinition spec)
    {
        json.Text("config", spec.Config);
        json.Text("file", spec.File);
        json.Text("registry", spec.Registry);
    }
}
