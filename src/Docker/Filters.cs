namespace Compose.Engine.Api;

/// <summary>The filters of a list request: every key must match, with any of its values (for labels, all).</summary>
internal sealed class Filters
{
    public Dictionary<string, string[]> Values { get; } = [];

    public static Filters Label(params string[] labels) => new Filters().With("label", labels);

    public Filters With(string key, params string[] values)
    {
        Values[key] = values;
        return this;
    }

    /// <summary>The filters in Docker.DotNet's form: each list as a set.</summary>
    public IDictionary<string, IDictionary<string, bool>> Sets =>
        Values.ToDictionary(
            pair => pair.Key,
            IDictionary<string, bool> (pair) => pair.Value.Distinct().ToDictionary(value => value, _ => true));
}
