using Compose.Files;
using Compose.Model.Binding;
using Compose.Yaml;

namespace Compose.Model.Loading;

/// <summary>
/// Binds the services, and sets environment variables and build arguments that have no value to the project's variables.
/// </summary>
internal sealed class ServiceVariables
{
    private readonly ComposeTree _tree;
    private readonly LoadRequest _request;
    private readonly Dictionary<string, Origin> _origins = new(StringComparer.Ordinal);

    private ServiceVariables(ComposeTree tree, LoadRequest request) => (_tree, _request) = (tree, request);

    /// <summary>Returns the services, and the origins, by path, of the values that came from the project's variables.</summary>
    /// <param name="tree">The merged compose files.</param>
    /// <param name="request">Whether to replace variables; without interpolation all values stay as written.</param>
    public static (IReadOnlyList<ServiceDefinition> Services, IReadOnlyDictionary<string, Origin> Origins) Apply(
        ComposeTree tree,
        LoadRequest request)
    {
        var variables = new ServiceVariables(tree, request);
        return (variables.Bind(), variables._origins);
    }

    private IReadOnlyList<ServiceDefinition> Bind() => _tree.Root.Map("services") is { } services
        ? [.. services.Entries.Where(entry => entry.Value is YamlMapping).Select(entry => Bind(entry, (YamlMapping)entry.Value))]
        : [];

    private ServiceDefinition Bind(YamlEntry entry, YamlMapping tree)
    {
        var service = ServiceBinder.Bind(entry, tree);
        return !_request.Interpolation ? service : service with
        {
            Environment = Environment(service),
            SecurityProfiles = SecurityProfiles.Read(service.SecurityOptions, _tree.WorkingDirectory),
            Build = service.Build is { } build ? build with { Args = Arguments(service, build) } : null,
        };
    }

    private Dictionary<string, string?> Environment(ServiceDefinition service) => service.Environment.ToDictionary(
        variable => variable.Key,
        variable => variable.Value ?? Project(variable.Key, $"services.{service.Name}.environment"),
        StringComparer.Ordinal);

    /// <summary>Sets an argument without a value to the project's variable, or leaves it out if that is not set.</summary>
    private Dictionary<string, string?> Arguments(ServiceDefinition service, BuildDefinition build) => build.Args
        .Select(argument => new KeyValuePair<string, string?>(
            argument.Key,
            argument.Value ?? Project(argument.Key, $"services.{service.Name}.build.args")))
        .Where(argument => argument.Value is not null)
        .ToDictionary(argument => argument.Key, argument => argument.Value, StringComparer.Ordinal);

    /// <summary>The value of a project variable, or null. Records its origin for the path that gets the value.</summary>
    private string? Project(string name, string path)
    {
        if (!_tree.Environment.TryGetValue(name, out var value))
            return null;
        _origins[$"{path}.{name}"] = _tree.VariableOrigin(name);
        return value;
    }
}
