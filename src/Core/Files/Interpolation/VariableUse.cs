using Compose.Yaml;

namespace Compose.Files.Interpolation;

/// <summary>A variable in a value of a file, and where the variable's value came from.</summary>
internal sealed record VariableUse(YamlScalar Place, VariableReference Reference, Origin Origin);

/// <summary>The variables of a project's values, by place.</summary>
internal sealed class VariableUses
{
    private readonly Dictionary<(string? File, int Line, int Column), List<VariableUse>> _byPlace = [];
    private readonly Dictionary<(string? File, int Line, int Column), string> _given = [];

    public void Add(VariableUse use)
    {
        var place = (use.Place.File, use.Place.Line, use.Place.Column);
        if (!_byPlace.TryGetValue(place, out var uses))
            _byPlace[place] = uses = [];
        uses.Add(use);
    }

    /// <summary>
    /// Keeps the value of a variable that only an included file's environment has: its secrets and configs are bound later.
    /// </summary>
    public void Give(YamlNode place, string value) => _given[(place.File, place.Line, place.Column)] = value;

    /// <summary>The value kept for the variable that is named here, or null.</summary>
    public string? GivenAt(YamlNode? place)
    {
        if (place is null)
            return null;
        return _given.TryGetValue((place.File, place.Line, place.Column), out var value) ? value : null;
    }

    /// <summary>The variables in the value that stands here.</summary>
    public IReadOnlyList<VariableUse> At(YamlNode place) =>
        _byPlace.TryGetValue((place.File, place.Line, place.Column), out var uses) ? uses : [];
}
