using Compose.Files;
using Compose.Model.Binding;
using Compose.Yaml;

namespace Compose.Model.Origins;

/// <summary>Finds where in the files something of a project stands.</summary>
internal static class ProjectOrigins
{
    /// <summary>The place of the last key of the path that is there: <c>services</c>, <c>web</c>, <c>scale</c>.</summary>
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
