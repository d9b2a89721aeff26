using System.Text;
using Compose.Errors;
using Compose.Files.Reading;
using Compose.Model;

namespace Compose.Swarm.Specs;

/// <summary>The contents of the secrets and configs that a project's services use. Its text says nothing of them.</summary>
internal sealed class StackContents
{
    private readonly Dictionary<(string Kind, string Key), byte[]> _contents = [];

    /// <summary>A content by kind (secret or config) and key; null if there is none.</summary>
    public byte[]? this[string kind, string key] => _contents.TryGetValue((kind, key), out var content) ? content : null;

    /// <summary>Reads the files, and takes the texts and variables.</summary>
    public static StackContents Read(ComposeProject project) => Of(project, null);

    /// <param name="project">The project.</param>
    /// <param name="read">Reads a file by its path; null reads those of this machine.</param>
    public static StackContents Of(ComposeProject project, Func<string, byte[]>? read)
    {
        var contents = new StackContents();
        contents.Add("secret", project.Secrets, UsedSecrets(project), read);
        contents.Add("config", project.Configs, UsedConfigs(project), read);
        return contents;
    }

    /// <summary>The keys of the secrets that services use at run time; those of builds are not sent.</summary>
    public static HashSet<string> UsedSecrets(ComposeProject project) => Keys(
        project.Services.Values.SelectMany(service => service.Secrets).Select(use => use.Source));

    public static HashSet<string> UsedConfigs(ComposeProject project) => Keys(
        project.Services.Values.SelectMany(service => service.Configs).Select(use => use.Source)
            .Concat(project.Services.Values.Select(service => service.CredentialSpec?.Config).OfType<string>()));

    private static HashSet<string> Keys(IEnumerable<string> keys) => keys.ToHashSet(StringComparer.Ordinal);

    private void Add(
        string kind, IReadOnlyDictionary<string, FileObjectDefinition> definitions, HashSet<string> used,
        Func<string, byte[]>? read)
    {
        foreach (var definition in definitions.Values.Where(item =>
            used.Contains(item.Key) && item is { External: false, Driver: null or "" }))
        {
            if (definition.File is { } file)
                _contents[(kind, definition.Key)] = read?.Invoke(file) ?? FileContent.Read(file, definition.Origin);
            else if (definition.Content is { } text)
                _contents[(kind, definition.Key)] = Encoding.UTF8.GetBytes(text);
            else if (definition.Environment is { } variable)
                throw PlanErrors.SecretVariableMissing.Exception(
                    $"{definition.Origin}: the variable '{variable}', which the {kind} '{definition.Key}' comes from, is not "
                        + "set.",
                    variable);
        }
    }
}
