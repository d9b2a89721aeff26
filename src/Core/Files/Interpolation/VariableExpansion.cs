using Compose.Errors;
using Compose.Files.Checks;
using Compose.Files.Merging;
using Compose.Yaml;

namespace Compose.Files.Interpolation;

/// <summary>Replaces variables in every string value of a tree, but not in keys.</summary>
internal sealed class VariableExpansion
{
    private readonly DiagnosticBag _diagnostics;
    private readonly Interpolator _interpolator;
    private YamlScalar? _place;

    public VariableExpansion(
        Func<string, string?> lookup, DiagnosticBag diagnostics, Action<YamlScalar, VariableReference>? onReference = null)
    {
        _diagnostics = diagnostics;
        _interpolator = new Interpolator(lookup)
        {
            OnReference = onReference is null ? null : reference => onReference(_place!, reference),
            OnUnset = name => _diagnostics.Warning(
                FileErrors.UnsetVariable, $"The variable '{name}' is not set; an empty string is used.", _place),
        };
    }

    public YamlNode Expand(YamlNode node) => node switch
    {
        YamlScalar { Value: string text } scalar when text.IndexOf('$') >= 0 => Expand(scalar, text),
        YamlMapping mapping => mapping.Change(entry => Expand(entry.Value)),
        YamlSequence sequence => sequence.Change(Expand),
        _ => node,
    };

    /// <summary>Marks a value that cannot be expanded, so that later checks report no second error for it.</summary>
    private YamlNode Expand(YamlScalar scalar, string text)
    {
        _place = scalar;
        var expanded = _interpolator.Expand(text, out var failure);
        if (failure is null)
            return scalar.With(expanded, expanded!);
        _diagnostics.Error(failure.Id, failure.Message, scalar, advice: Advice(failure.Id));
        return MergeTags.Broken(scalar);
    }

    private static string? Advice(string id) =>
        id == FileErrors.MissingVariable ? "Set it in the environment, in .env, or in a file of -EnvFile." : null;
}
