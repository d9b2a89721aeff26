using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Files.Reading;
using Compose.Model;
using Compose.State;

namespace Compose.Swarm.Specs;

/// <summary>The secrets and configs of a stack, and the references of services to them.</summary>
internal sealed class FileSpecs
{
    private const string Secret = "secret";
    private const string Config = "config";
    private const int MostInSecret = 512_000;
    private const int MostInConfig = 1_024_000;
    private const string Root = "0";

    private readonly ComposeProject _project;
    private readonly StackNames _names;
    private readonly StackContents _contents;
    private readonly SpecFindings _findings;
    private readonly Dictionary<string, string> _secretNames;
    private readonly Dictionary<string, string> _configNames;

    public FileSpecs(ComposeProject project, StackNames names, StackContents contents, SpecFindings findings)
    {
        (_project, _names, _contents, _findings) = (project, names, contents, findings);
        _secretNames = project.Secrets.Values.ToDictionary(item => item.Key, item => Name(Secret, item), StringComparer.Ordinal);
        _configNames = project.Configs.Values.ToDictionary(item => item.Key, item => Name(Config, item), StringComparer.Ordinal);
    }

    /// <summary>The name of a config on the engine; the key itself if the file does not declare it.</summary>
    public string ConfigName(string key) => _configNames.TryGetValue(key, out var name) ? name : key;

    public IReadOnlyList<SwarmSecretSpec> Secrets() =>
    [
        .. Owned(_project.Secrets, StackContents.UsedSecrets(_project)).Select(definition => new SwarmSecretSpec
        {
            Name = _secretNames[definition.Key],
            Labels = Labels(definition),
            Data = Checked(Secret, definition, MostInSecret),
            Driver = definition.Driver is { Length: > 0 } driver
                ? new SwarmDriver(driver, definition.DriverOptions.Count > 0 ? definition.DriverOptions : null)
                : null,
            Templating = Templating(definition),
        }),
    ];

    public IReadOnlyList<SwarmConfigSpec> Configs() =>
    [
        .. Owned(_project.Configs, StackContents.UsedConfigs(_project)).Select(definition => new SwarmConfigSpec
        {
            Name = _configNames[definition.Key],
            Labels = Labels(definition),
            Data = Checked(Config, definition, MostInConfig),
            Templating = Templating(definition),
        }),
    ];

    public IEnumerable<ExternalObject> External() =>
        Externals(Secret, _project.Secrets, StackContents.UsedSecrets(_project))
            .Concat(Externals(Config, _project.Configs, StackContents.UsedConfigs(_project)));

    /// <summary>In the order of their names, so that the order of the file replaces no tasks.</summary>
    public IReadOnlyList<SwarmSecretReference>? SecretsOf(ServiceDefinition service)
    {
        var references = service.Secrets.Where(use => _secretNames.ContainsKey(use.Source))
            .Select(use => new SwarmSecretReference { SecretName = _secretNames[use.Source], File = Target(use) })
            .OrderBy(reference => reference.SecretName, StringComparer.Ordinal)
            .ToList();
        return references.Count == 0 ? null : references;
    }

    public IReadOnlyList<SwarmConfigReference>? ConfigsOf(ServiceDefinition service)
    {
        var references = service.Configs.Where(use => _configNames.ContainsKey(use.Source))
            .Select(use => new SwarmConfigReference { ConfigName = _configNames[use.Source], File = Target(use) })
            .Concat(service.CredentialSpec?.Config is { } key
                ? [new SwarmConfigReference { ConfigName = ConfigName(key), Runtime = EmptyObject.Value }]
                : [])
            .OrderBy(reference => reference.ConfigName, StringComparer.Ordinal)
            .ToList();
        return references.Count == 0 ? null : references;
    }

    private static SwarmFileTarget Target(FileObjectReference use) => new()
    {
        Name = use.Target is { Length: > 0 } target ? target : use.Source,
        UID = use.Uid ?? Root,
        GID = use.Gid ?? Root,
        Mode = use.Mode ?? UnixMode.ReadableByAll,
    };

    private static IEnumerable<FileObjectDefinition> Owned(
        IReadOnlyDictionary<string, FileObjectDefinition> definitions, HashSet<string> used) =>
        definitions.Values.Where(definition => used.Contains(definition.Key) && !definition.External);

    private static IEnumerable<ExternalObject> Externals(
        string kind, IReadOnlyDictionary<string, FileObjectDefinition> definitions, HashSet<string> used) =>
        definitions.Values.Where(definition => used.Contains(definition.Key) && definition.External)
            .Select(definition => new ExternalObject(kind, definition.Name, definition.Origin));

    /// <summary>A driver looks a secret up by its name, so that one keeps it.</summary>
    private string Name(string kind, FileObjectDefinition definition)
    {
        if (definition.External)
            return definition.Name;
        var name = _names.Of(definition.Key, definition.Name);
        return definition.Driver is { Length: > 0 } || _contents[kind, definition.Key] is not { } content
            ? name
            : ContentName.Of(name, content, definition.TemplateDriver ?? "");
    }

    private byte[]? Checked(string kind, FileObjectDefinition definition, int most)
    {
        if (definition.Driver is { Length: > 0 })
            return null;
        var content = _contents[kind, definition.Key];
        if (content is null || content.Length == 0 || content.Length >= most)
            _findings.Refuse(
                SwarmErrors.ContentSize, definition.Origin,
                $"the {kind} '{definition.Key}' has {content?.Length ?? 0} bytes.", definition.Key);
        return content;
    }

    private SortedDictionary<string, string> Labels(FileObjectDefinition definition)
    {
        var labels = _names.Labels(definition.Labels);
        labels[StackLabels.Key] = definition.Key;
        return labels;
    }

    private static SwarmDriver? Templating(FileObjectDefinition definition) =>
        definition.TemplateDriver is { Length: > 0 } driver ? new SwarmDriver(driver, null) : null;
}
