using Compose.Errors;
using Compose.Files;
using Compose.Files.Canonical;
using Compose.Files.Checks;
using Compose.Files.Schema;
using Compose.Model.Origins;

namespace Compose.Model.Checks;

/// <summary>Checks a service for attributes that contradict each other or the rest of the project.</summary>
internal sealed class ServiceConsistency(ComposeProject project, ServiceDefinition service, DiagnosticBag diagnostics)
{
    public void Run()
    {
        if (service.Image is not { Length: > 0 } && service.Build is null && service.Provider is null)
        {
            Error(ModelErrors.NoImage, $"The service '{service.Name}' has neither an image nor a build.", service.Origin,
                "Add image or build.");
        }

        if (service.Build is { } build)
            Build(build);
        if (service.NetworkMode is { Length: > 0 } && service.Networks.Count > 0)
            Error(
                ModelErrors.NetworkModeConflict, $"The service '{service.Name}' has both network_mode and networks.",
                At("network_mode"), "Keep one of the two.");
        References();
        Dependencies();
        FileOwners(service.Secrets, project.Secrets, "secret");
        FileOwners(service.Configs, project.Configs, "config");
        Scale();
        foreach (var attribute in service.ConflictingKeys)
            Error(
                ModelErrors.ResourceConflict,
                $"The service '{service.Name}' says '{attribute}' and another value in deploy.resources.", At(attribute),
                "Keep the one in deploy.resources.");
        if (service.Healthcheck is { Test: [var kind, ..] } && kind is not ("NONE" or "CMD" or "CMD-SHELL"))
            Error(
                ModelErrors.InvalidHealthcheck, $"The healthcheck of '{service.Name}' must begin with NONE, CMD or CMD-SHELL.",
                At("healthcheck", "test"));
        Hooks();
        Ports();
        Mounts();
        foreach (var watch in service.Develop?.Watch ?? [])
        {
            if (watch.Target is not { Length: > 0 } && watch.Action is not ("rebuild" or "restart"))
                Error(
                    ModelErrors.NoWatchTarget,
                    $"Watching '{watch.Path}' needs a target: {watch.Action} copies into the container.", At("develop", "watch"));
        }
    }

    private void Build(BuildDefinition build)
    {
        if (build is { Dockerfile: not null, DockerfileInline: not null })
            Error(
                ModelErrors.DockerfileConflict, $"The build of '{service.Name}' has both a dockerfile and an inline one.",
                At("build", "dockerfile_inline"));
        if (build.Platforms.Count > 0 && service.Platform is { Length: > 0 } platform && !build.Platforms.Contains(platform))
            Error(
                ModelErrors.PlatformNotBuilt,
                $"The service '{service.Name}' runs on {platform}, which its build.platforms leaves out.", At("platform"),
                $"Add {platform} to build.platforms.");
        foreach (var context in build.AdditionalContexts)
        {
            if (ServiceName.In(context.Value) is not { } name)
                continue;
            var at = At("build", "additional_contexts", context.Key);
            if (!project.Services.TryGetValue(name, out var other) && !project.DisabledServices.TryGetValue(name, out other))
                Error(
                    ModelErrors.UndefinedService, $"The additional context '{context.Key}' is the undefined service '{name}'.",
                    at, NearestName.Advice(name, project.Services.Keys));
            else if (other.Build is null)
                Error(
                    ModelErrors.NotBuildable,
                    $"The additional context '{context.Key}' is the service '{name}', which has no build.", at);
        }
    }

    private void References()
    {
        foreach (var name in service.Networks.Keys)
            Defined(name, project.Networks.Keys, ModelErrors.UndefinedNetwork, "network", At("networks", name));
        foreach (var mount in service.Volumes.Where(mount => mount is { Type: "volume", Source.Length: > 0 }))
            Defined(mount.Source!, project.Volumes.Keys, ModelErrors.UndefinedVolume, "volume", mount.Origin);
        foreach (var use in service.Secrets)
            Defined(use.Source, project.Secrets.Keys, ModelErrors.UndefinedSecret, "secret", use.Origin);
        foreach (var use in service.Build?.Secrets ?? [])
            Defined(use.Source, project.Secrets.Keys, ModelErrors.UndefinedSecret, "secret", use.Origin);
        foreach (var use in service.Configs)
            Defined(use.Source, project.Configs.Keys, ModelErrors.UndefinedConfig, "config", use.Origin);
        foreach (var name in service.Models.Keys)
            Defined(name, project.Models.Keys, ModelErrors.UndefinedModel, "model", At("models", name));
    }

    private void Defined(string name, IEnumerable<string> known, string id, string kind, Origin at)
    {
        if (!known.Contains(name))
            Error(
                id, $"The service '{service.Name}' uses the undefined {kind} '{name}'.", at,
                NearestName.Advice(name, known) ?? $"Define it under the top-level {kind}s.");
    }

    private void Dependencies()
    {
        foreach (var dependency in service.DependsOn.Where(dependency => !project.Services.ContainsKey(dependency.Key)))
        {
            var at = dependency.Value.Origin.Line > 0 ? dependency.Value.Origin : service.Origin;
            if (!project.DisabledServices.TryGetValue(dependency.Key, out var disabled))
                Error(
                    ModelErrors.UndefinedService,
                    $"The service '{service.Name}' depends on the undefined service '{dependency.Key}'.", at,
                    NearestName.Advice(dependency.Key, project.Services.Keys));
            else if (dependency.Value.Required)
                DisabledDependency(dependency.Key, disabled.Profiles, at);
        }
    }

    private void DisabledDependency(string name, IReadOnlyList<string> profiles, Origin at)
    {
        var needed = string.Join(" or ", profiles.Select(profile => $"'{profile}'"));
        Error(
            ModelErrors.DisabledDependency,
            $"The service '{service.Name}' depends on '{name}', which is disabled: it needs the profile {needed}.",
            at,
            $"Enable it with -Profile {profiles[0]} or COMPOSE_PROFILES, name '{name}' as well, or say required: false.");
    }

    /// <summary>
    /// Warns of uid, gid and mode in a read-only container. There files are bind-mounted rather than copied, so they keep the
    /// host's owner and mode.
    /// </summary>
    private void FileOwners(
        IEnumerable<FileObjectReference> uses, IReadOnlyDictionary<string, FileObjectDefinition> definitions, string kind)
    {
        foreach (var use in uses.Where(use =>
            service.ReadOnly && (use.Uid is not null || use.Gid is not null || use.Mode is not null)))
        {
            if (definitions.TryGetValue(use.Source, out var definition) && definition.File is not null)
                diagnostics.Warning(
                    FileErrors.WithoutEffect,
                    $"uid, gid and mode of the {kind} '{use.Source}' have no effect: '{service.Name}' is read_only, so the file "
                        + "is mounted as it is.",
                    use.Origin);
        }
    }

    private void Scale()
    {
        if (service.Scale is { } scale && service.Deploy?.Replicas is { } replicas && scale != replicas)
            Error(
                ModelErrors.ScaleConflict, $"The service '{service.Name}' says scale {scale} and deploy.replicas {replicas}.",
                At("scale"), "Keep one of the two.");
        if (service.Replicas < 0)
            Error(
                ModelErrors.NegativeScale, $"The service '{service.Name}' cannot have {service.Replicas} replicas.",
                service.Scale is null ? At("deploy", "replicas") : At("scale"));
        if (ReplicaLimits.Problem(service.Name, service.Replicas) is { } tooMany)
        {
            var place = service.Scale is null ? At("deploy", "replicas") : At("scale");
            Error(ModelErrors.TooManyReplicas, tooMany, place, "Correct the number.");
        }

        if (service is { ContainerName.Length: > 0, Replicas: > 1 })
            Error(
                ModelErrors.ContainerNameScaled,
                $"The service '{service.Name}' has a container_name and {service.Replicas} replicas; a name belongs to one "
                    + "container.",
                At("container_name"), "Remove container_name, or keep one replica.");
    }

    private void Hooks()
    {
        if (service.PreStart.Any(hook => hook.PerReplica))
            Error(
                ModelErrors.HookPerReplica,
                $"A pre_start hook of '{service.Name}' sets per_replica, but it runs once for the service.", At("pre_start"),
                "Remove per_replica.");
    }

    private void Ports()
    {
        foreach (var port in service.Ports.Where(port =>
            port.Published is { Length: > 0 } published && PortRange.Parse(published) is null))
            Error(ModelErrors.InvalidPort,
                $"The published port '{port.Published}' of '{service.Name}' is not a port or a range of ports from 0 to 65535.",
                port.Origin);
        foreach (var exposed in service.Expose.Where(exposed => PortRange.Parse(exposed.Split('/')[0]) is null))
        {
            Error(ModelErrors.InvalidPort,
                $"The service '{service.Name}' exposes '{exposed}', which is not a port or a range of ports from 0 to 65535.",
                At("expose"));
        }
    }

    private void Mounts()
    {
        var targets = new HashSet<string>(service.Tmpfs.Select(mount => mount.Split(':')[0]), StringComparer.Ordinal);
        if (targets.Count < service.Tmpfs.Count)
            Error(ModelErrors.MountTargetTwice, $"The service '{service.Name}' mounts a tmpfs twice at one place.", At("tmpfs"));
        foreach (var mount in service.Volumes)
        {
            var losesPropagation = mount is { Type: not "bind", Bind.Propagation: not null };
            var losesLabel = mount is { Type: not ("bind" or "volume"), Bind.SELinux: not null };
            if (losesPropagation || losesLabel)
                WithoutEffect(mount, $"The propagation or label of '{mount.Target}'");
            if (mount is { Type: not "volume", Volume.NoCopy: true })
                WithoutEffect(mount, $"'nocopy' of '{mount.Target}'");
        }

        foreach (var mount in service.Volumes.Where(mount => !targets.Add(mount.Target)))
            Error(ModelErrors.MountTargetTwice, $"The service '{service.Name}' mounts '{mount.Target}' twice.", mount.Origin);
    }

    private void WithoutEffect(MountDefinition mount, string option) => diagnostics.Warning(
        FileErrors.WithoutEffect,
        $"{option} has no effect: the mount is a {mount.Type}.",
        mount.Origin);

    private Origin At(params string[] path) => project.OriginOf(["services", service.Name, .. path]);

    private void Error(
        string id, string message, Origin at, string? advice = null) => diagnostics.Error(id, message, at, advice: advice);
}
