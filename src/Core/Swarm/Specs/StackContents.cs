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
    public static StackContents Read(ComposeProject project)
    {
        var contents = new StackContents();
        contents.Add("secret", project.Secrets, Used(project, service => service.Secrets));
        contents.Add("config", project.Configs, Used(project, service => service.Configs));
        return contents;
    }

    /// <summary>The keys of the secrets or configs that services use at run time; those of builds are not sent.</summary>
    public static HashSet<string> Used(
        ComposeProject project, Func<ServiceDefinition, IReadOnlyList<FileObjectReference>> references) =>
        project.Services.Values.SelectMany(references).Select(use => use.Source).ToHashSet(StringComparer.Ordinal);

    private void Add(string kind, IReadOnlyDictionary<string, FileObjectDefinition> definitions, HashSet<string> used)
    {
        foreach (var definition in definitions.Values.Where(item => used.Contains(item.Key) && !item.External))
        {
            if (definition.File is { } file)
                _contents[(kind, definition.Key)] = FileContent.Read(file, definition.Origin);
            else if (definition.Content is { } text)
                _contents[(kind, definition.Key)] = Encoding.UTF8.GetBytes(text);
            else if (definition.Environment is { } variable)
                throw PlanErrors.SecretVariableMissing.Exception(
                    $"{definition.Origin}: the variable '{variable}', which the {kind} '{definition.Key}' comes from, is not set.",
                    variable);
        }
    }
}
