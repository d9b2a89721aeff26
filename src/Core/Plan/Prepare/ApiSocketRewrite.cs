using Compose.Model;

namespace Compose.Plan.Prepare;

/// <summary>
/// use_api_socket: the engine has no such setting. The service gets a mount of the engine's socket instead, and docker's
/// configuration with the logins of this machine.
/// </summary>
internal static class ApiSocketRewrite
{
    /// <summary>The key of the config that holds the logins. A file cannot contain such a key.</summary>
    public const string LoginsKey = "#apisocket";

    private const string Socket = "/var/run/docker.sock";
    private const string Directory = "/run/secrets/docker";
    private const string Variable = "DOCKER_CONFIG";

    public static ComposeProject Rewrite(ComposeProject project)
    {
        if (!project.Services.Values.Any(service => service.UseApiSocket))
            return project;
        var origin = project.Services.Values.First(service => service.UseApiSocket).Origin;
        return project with
        {
            Services = project.Services.ToDictionary(
                pair => pair.Key, pair => pair.Value.UseApiSocket ? Rewrite(pair.Value) : pair.Value, StringComparer.Ordinal),
            Configs = new Dictionary<string, FileObjectDefinition>(
                project.Configs.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal)
            {
                [LoginsKey] = new() { Key = LoginsKey, Name = LoginsKey, Origin = origin },
            },
        };
    }

    /// <summary>A service that has its own DOCKER_CONFIG keeps it.</summary>
    private static ServiceDefinition Rewrite(ServiceDefinition service) => service with
    {
        Volumes = [
            .. service.Volumes, new MountDefinition { Type = "bind", Source = Socket, Target = Socket, Origin = service.Origin }],
        Environment = service.Environment.ContainsKey(Variable)
            ? service.Environment
            : new Dictionary<string, string?>(
                service.Environment.ToDictionary(pair => pair.Key, pair => pair.Value),
                StringComparer.Ordinal) { [Variable] = Directory },
        Configs = [.. service.Configs, new FileObjectReference { Source = LoginsKey, Target = Directory + "/config.json" }],
    };
}
