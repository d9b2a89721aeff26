using Compose.Files.Interpolation;
using Compose.Yaml;

namespace Compose.Model.Origins;

/// <summary>Lists the variables that a project's values refer to, those in unused defaults too.</summary>
internal static class VariableReader
{
    /// <param name="project">A project loaded without interpolation.</param>
    public static IReadOnlyList<ComposeVariable> Read(ComposeProject project)
    {
        var found = new Dictionary<string, ComposeVariable>(StringComparer.Ordinal);
        YamlScalar? place = null;
        var lister = new Interpolator(_ => null) { ExpandsAll = true, OnReference = reference => Add(reference, place!) };
        Walk(project.Tree!);
        return [.. found.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal)];

        void Walk(YamlNode node)
        {
            switch (node)
            {
                case YamlMapping mapping:
                    foreach (var entry in mapping.Entries)
                        Walk(entry.Value);
                    break;
                case YamlSequence sequence:
                    foreach (var item in sequence.Items)
                        Walk(item);
                    break;
                case YamlScalar { Value: string text } scalar when text.IndexOf('$') >= 0:
                    place = scalar;
                    lister.Expand(text, out _);
                    break;
            }
        }

        void Add(VariableReference reference, YamlScalar at)
        {
            if (!found.TryGetValue(reference.Name, out var known))
            {
                var origin = project.VariableOrigin(reference.Name);
                known = new ComposeVariable
                {
                    ProjectName = project.Name, Name = reference.Name, IsSet = project.Environment.ContainsKey(
                        reference.Name), Layer = origin.Layer.ToString(),
                    ValueFile = origin.File, ValueLine = origin.Line, File = at.File, Line = at.Line, Column = at.Column,
                };
            }

            found[reference.Name] = known with
            {
                Required = known.Required || reference.Required,
                DefaultValue = known.DefaultValue ?? reference.Default,
                AlternateValue = known.AlternateValue ?? reference.Alternate,
            };
        }
    }
}
