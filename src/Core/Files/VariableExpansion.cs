using Compose.Errors;
using Compose.Yaml;

namespace Compose.Files;

/// <summary>Replaces variables in every string value of a tree; keys stay as they are.</summary>
internal sealed class VariableExpansion
{
    private readonly DiagnosticBag _diagnostics;
    private readonly Interpolator _interpolator;
    private YamlScalar? _place;

    public VariableExpansion(Func<string, string?> lookup, DiagnosticBag diagnostics, Action<YamlScalar, VariableReference>? met = null)
    {
        _diagnostics = diagnostics;
        _interpolator = new Interpolator(lookup)
        {
            Met = met is null ? null : reference => met(_place!, reference),
            Unset = name => _diagnostics.Warning(FileErrors.UnsetVariable, $"The variable '{name}' is not set; a blank string stands in for it.", _place),
        };
    }

    public YamlNode Expand(YamlNode node) => node switch
    {
        YamlScalar { Value: string text } scalar when text.IndexOf('$') >= 0 => Expand(scalar, text),
        YamlMapping mapping => Expand(mapping),
        YamlSequence sequence => Expand(sequence),
        _ => node,
    };

    /// <summary>A template that cannot be expanded stays, marked, so that nothing more is said of its place.</summary>
    private YamlNode Expand(YamlScalar scalar, string text)
    {
        _place = scalar;
        var expanded = _interpolator.Expand(text, out var failure);
        if (failure is null)
            return scalar.With(expanded, expanded!);
        _diagnostics.Error(failure.Id, failure.Message, scalar);
        return Tags.Broken(scalar);
    }

    private YamlMapping Expand(YamlMapping mapping)
    {
        List<YamlEntry>? changed = null;
        for (var index = 0; index < mapping.Entries.Count; index++)
        {
            var entry = mapping.Entries[index];
            var value = Expand(entry.Value);
            if (changed is null && ReferenceEquals(value, entry.Value))
                continue;
            changed ??= [.. mapping.Entries.Take(index)];
            changed.Add(new(entry.Key, value));
        }

        return changed is null ? mapping : mapping.With(changed);
    }

    private YamlSequence Expand(YamlSequence sequence)
    {
        List<YamlNode>? changed = null;
        for (var index = 0; index < sequence.Items.Count; index++)
        {
            var value = Expand(sequence.Items[index]);
            if (changed is null && ReferenceEquals(value, sequence.Items[index]))
                continue;
            changed ??= [.. sequence.Items.Take(index)];
            changed.Add(value);
        }

        return changed is null ? sequence : sequence.With(changed);
    }
}
