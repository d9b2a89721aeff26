using Compose.Yaml;

namespace Compose.Files.Interpolation;

/// <summary>A reference to a variable in a value of a compose file, and the origin of the variable's value.</summary>
internal sealed record VariableUse(YamlScalar Place, VariableReference Reference, Origin Origin);

/// <summary>The variables that the project's values refer to, by the position of the value.</summary>
internal sealed class VariableUses
{
    private readonly Dictionary<(string? File, int Line, int Column), List<VariableUse>> _byPlace = [];
    private readonly Dictionary<(string? File, int Line, int Column), string> _includedValues = [];

    public void Add(VariableUse use)
    {
        var place = (use.Place.File, use.Place.Line, use.Place.Column);
        if (!_byPlace.TryGetValue(place, out var uses))
            _byPlace[place] = uses = [];
        uses.Add(use);
    }

    /// <summary>
    /// Keeps the value of a secret's or config's <c>environment</c> variable that only an include's env_file sets. The binder
    /// needs it later, when that environment is gone.
    /// </summary>
    public void SetIncludedValue(YamlNode place, string value) => _includedValues[(place.File, place.Line, place.Column)] = value;

    /// <summary>The value kept for the variable named at a position, or null.</summary>
    public string? IncludedValueAt(YamlNode? place)
    {
        if (place is null)
            return null;
        return _includedValues.TryGetValue((place.File, place.Line, place.Column), out var value) ? value : null;
    }

    /// <summary>The variables that the value at a position refers to.</summary>
    public IReadOnlyList<VariableUse> At(YamlNode place) =>
        _byPlace.TryGetValue((place.File, place.Line, place.Column), out var uses) ? uses : [];
}
