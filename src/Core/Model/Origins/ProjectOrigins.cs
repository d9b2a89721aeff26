using Compose.Files;
using Compose.Model.Binding;
using Compose.Yaml;

namespace Compose.Model.Origins;

/// <summary>Finds the position of a project's attributes in its compose files.</summary>
internal static class ProjectOrigins
{
    /// <summary>
    /// The position of the last key of a path such as <c>services</c>, <c>web</c>, <c>scale</c> that exists in the files.
    /// </summary>
    public static Origin OriginOf(this ComposeProject project, params string[] path)
    {
        YamlNode? node = project.Tree;
        var origin = default(Origin);
        foreach (var name in path)
        {
            if (node is not YamlMapping mapping || mapping.Key(name) is not { } key)
                break;
            (origin, node) = (key.Origin(), mapping[name]);
        }

        return origin;
    }
}
