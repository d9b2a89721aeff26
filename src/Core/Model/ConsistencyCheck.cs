using System.Net;
using Compose.Errors;
using Compose.Files;

namespace Compose.Model;

/// <summary>What the sections of a project must not say against one another. Every fault is reported, at its place.</summary>
internal sealed class ConsistencyCheck
{
    private readonly ComposeProject _project;
    private readonly DiagnosticBag _diagnostics;

    private ConsistencyCheck(ComposeProject project, DiagnosticBag diagnostics) => (_project, _diagnostics) = (project, diagnostics);

    public static void Run(ComposeProject project, DiagnosticBag diagnostics)
    {
        var check = new ConsistencyCheck(project, diagnostics);
        foreach (var service in project.Services.Values)
            check.Service(service);
        check.Cycle();
        check.ContainerNames();
        check.FileObjects(project.Secrets.Values, "secret");
        check.FileObjects(project.Configs.Values, "config");
        check.Externals();
    }

    private void Service(ServiceDefinition service)
    {
        if (service.Image is null && service.Build is null && service.Provider is null)
            Error(ModelErrors.NoImage, $"The service '{service.Name}' has neither an image nor a build.", service.Origin);
        if (service.Build is { Dockerfile: not null, DockerfileInline: not null })
            Error(ModelErrors.DockerfileConflict, $"The build of '{service.Name}' has both a dockerfile and an inline one.", service.Origin);
        if (service.NetworkMode is not null && service.Networks.Count > 0)
            Error(ModelErrors.NetworkModeConflict, $"The service '{service.Name}' has both network_mode and networks.", service.Origin);
        References(service);
        Dependencies(service);
        FileOwners(service);
        Scale(service);
        Resources(service);
        Parts(service);
    }

    private void References(ServiceDefinition service)
    {
        foreach (var name in service.Networks.Keys)
            Defined(name, _project.Networks.Keys, ModelErrors.UndefinedNetwork, "network", service, service.Origin);
        foreach (var mount in service.Volumes.Where(mount => mount is { Type: "volume", Source: not null }))
            Defined(mount.Source!, _project.Volumes.Keys, ModelErrors.UndefinedVolume, "volume", service, mount.Origin);
        foreach (var use in service.Secrets.Concat(service.Build?.Secrets ?? []))
            Defined(use.Source, _project.Secrets.Keys, ModelErrors.UndefinedSecret, "secret", service, service.Origin);
        foreach (var use in service.Configs)
            Defined(use.Source, _project.Configs.Keys, ModelErrors.UndefinedConfig, "config", service, service.Origin);
    }

    /// <summary>In a read-only container a file is mounted as it is; only what is copied can be given an owner.</summary>
    private void FileOwners(ServiceDefinition service)
    {
        if (!service.ReadOnly)
            return;
        Check(service.Secrets, _project.Secrets, "secret");
        Check(service.Configs, _project.Configs, "config");

        void Check(IEnumerable<FileObjectReference> uses, IReadOnlyDictionary<string, FileObjectDefinition> definitions, string kind)
        {
            foreach (var use in uses.Where(use => use.Uid is not null || use.Gid is not null || use.Mode is not null))
            {
                if (definitions.TryGetValue(use.Source, out var definition) && definition.File is not null)
                    _diagnostics.Warning(FileErrors.WithoutEffect, $"uid, gid and mode of the {kind} '{use.Source}' have no effect: '{service.Name}' is read_only, so the file is mounted as it is.", service.Origin);
            }
        }
    }

    private void Defined(string name, IEnumerable<string> known, string id, string kind, ServiceDefinition service, Origin at)
    {
        if (!known.Contains(name))
            Error(id, $"The service '{service.Name}' uses the undefined {kind} '{name}'.", at, NearestName.Advice(name, known) ?? $"Define it under the top-level {kind}s.");
    }

    private void Dependencies(ServiceDefinition service)
    {
        foreach (var dependency in service.DependsOn.Where(dependency => !_project.Services.ContainsKey(dependency.Key)))
        {
            var at = dependency.Value.Origin.Line > 0 ? dependency.Value.Origin : service.Origin;
            if (!_project.DisabledServices.TryGetValue(dependency.Key, out var disabled))
                Error(ModelErrors.UndefinedService, $"The service '{service.Name}' depends on the undefined service '{dependency.Key}'.", at, NearestName.Advice(dependency.Key, _project.Services.Keys));
            else if (dependency.Value.Required && disabled.Profiles.Count > 0 && !disabled.Profiles.Any(_project.Profiles.Contains))
                Error(ModelErrors.DisabledDependency, $"The service '{service.Name}' depends on '{dependency.Key}', which no enabled profile includes.", at, $"Enable one of its profiles: {string.Join(", ", disabled.Profiles)}.");
        }
    }

    private void Scale(ServiceDefinition service)
    {
        if (service.Scale is { } scale && service.Deploy?.Replicas is { } replicas && scale != replicas)
            Error(ModelErrors.ScaleConflict, $"The service '{service.Name}' says scale {scale} and deploy.replicas {replicas}.", service.Origin);
        if (service.Replicas < 0)
            Error(ModelErrors.NegativeScale, $"The service '{service.Name}' cannot have {service.Replicas} replicas.", service.Origin);
        if (service is { ContainerName: not null, Replicas: > 1 })
            Error(ModelErrors.ContainerNameScaled, $"The service '{service.Name}' has a container_name and {service.Replicas} replicas; a name belongs to one container.", service.Origin, "Remove container_name, or keep one replica.");
    }

    private void Resources(ServiceDefinition service)
    {
        foreach (var attribute in service.ContradictedKeys)
            Error(ModelErrors.ResourceConflict, $"The service '{service.Name}' says '{attribute}' and another value in deploy.resources.", service.Origin);
    }

    private void Parts(ServiceDefinition service)
    {
        if (service.Healthcheck is { Test: [var kind, ..] } && kind is not ("NONE" or "CMD" or "CMD-SHELL"))
            Error(ModelErrors.InvalidHealthcheck, $"The healthcheck of '{service.Name}' must begin with NONE, CMD or CMD-SHELL.", service.Origin);
        foreach (var port in service.Ports.Where(port => port.HostIP is { Length: > 0 } address && !IPAddress.TryParse(address, out _)))
            Error(ModelErrors.InvalidHostIP, $"'{port.HostIP}' is not an address.", port.Origin);
        foreach (var mounts in service.Volumes.GroupBy(mount => mount.Target).Where(group => group.Count() > 1))
            Error(ModelErrors.MountTargetTwice, $"The service '{service.Name}' mounts '{mounts.Key}' twice.", mounts.Last().Origin);
    }

    private void Cycle()
    {
        if (new DependencyGraph(_project.Services).FindCycle() is { } cycle)
            Error(ModelErrors.DependencyCycle, $"The services depend on one another in a circle: {string.Join(" -> ", cycle)}.", _project.Services[cycle[0]].DependsOn[cycle[1]].Origin);
    }

    private void ContainerNames()
    {
        foreach (var same in _project.Services.Values.Where(service => service.ContainerName is not null).GroupBy(service => service.ContainerName).Where(group => group.Count() > 1))
            Error(ModelErrors.ContainerNameTwice, $"The container_name '{same.Key}' is used by {string.Join(" and ", same.Select(service => $"'{service.Name}'"))}.", same.Last().Origin);
    }

    private void FileObjects(IEnumerable<FileObjectDefinition> definitions, string kind)
    {
        foreach (var definition in definitions.Where(definition => !definition.External))
        {
            var sources = new[] { definition.File, definition.Environment, kind == "config" && definition.Environment is null ? definition.Content : null };
            if (sources.Count(source => source is not null) != 1)
                Error(ModelErrors.NoContent, $"The {kind} '{definition.Key}' needs exactly one of file, environment{(kind == "config" ? ", content" : "")}.", definition.Origin);
        }
    }

    private void Externals()
    {
        foreach (var volume in _project.Volumes.Values.Where(volume => volume.External && (volume.Driver is not null || volume.DriverOptions.Count > 0 || volume.Labels.Count > 0)))
            Error(ModelErrors.ExternalWithSettings, $"The volume '{volume.Key}' is external and has settings of its own.", volume.Origin);
    }

    private void Error(string id, string message, Origin at, string? advice = null) => _diagnostics.Error(id, message, at, advice: advice);
}
