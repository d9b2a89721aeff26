using Compose.Model.Naming;
using Compose.State;

namespace Compose.Plan.Compare;

/// <summary>Compares labels and options by name; values that may be secret are masked.</summary>
internal static class PairChanges
{
    private static readonly Dictionary<string, string> Empty = [];

    /// <param name="field">The attribute's name in the compose file.</param>
    /// <param name="old">The values on the engine.</param>
    /// <param name="now">The values in the file.</param>
    /// <param name="given">Values that apply where the file has none.</param>
    public static IEnumerable<FieldChange> Of(
        string field, IReadOnlyDictionary<string, string>? old, IReadOnlyDictionary<string, string>? now,
        IReadOnlyDictionary<string, string>? given = null) =>
        (old ?? Empty).Keys.Union((now ?? Empty).Keys).OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => new FieldChange($"{field}.{name}", Value(old, name), Value(now, name) ?? Value(given, name)))
            .Where(change => change.Old != change.New)
            .Select(Masked);

    /// <summary>The labels that the user set.</summary>
    public static IReadOnlyDictionary<string, string> Own(IReadOnlyDictionary<string, string>? labels) =>
        (labels ?? Empty).Where(pair => !ComposeLabels.IsOfTool(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>The change, with values masked if name or values suggest a secret.</summary>
    public static FieldChange Masked(FieldChange change) => SecretNames.IsMatch($"{change.Field} {change.Old} {change.New}")
        ? new FieldChange(change.Field, Mask(change.Old), Mask(change.New))
        : change;

    /// <summary>Masks a value; null stays null.</summary>
    public static string? Mask(string? value) => value is null ? null : "***";

    private static string? Value(IReadOnlyDictionary<string, string>? pairs, string name) =>
        pairs is not null && pairs.TryGetValue(name, out var value) ? value : null;
}
