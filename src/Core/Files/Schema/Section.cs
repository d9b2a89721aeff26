namespace Compose.Files.Schema;

/// <summary>How two layers' values of an attribute become one.</summary>
internal enum MergeRule
{
    /// <summary>Mappings merge by key, lists append, scalars are replaced.</summary>
    Natural,

    /// <summary>The later layer's value replaces the earlier's.</summary>
    Replace,

    /// <summary>Lists append, each item once.</summary>
    AppendUnique,

    /// <summary>Lists append; an item replaces the earlier one with the same key.</summary>
    AppendByKey,

    /// <summary>The later list replaces; an item takes over what the earlier one with the same key says.</summary>
    Inherit,

    /// <summary>Merges when the drivers agree, else replaces.</summary>
    Logging,
}

/// <summary>What carries an attribute out.</summary>
internal enum Support
{
    Engine,
    Client,

    /// <summary>Only a Swarm could; warned.</summary>
    Swarm,

    /// <summary>Known and not yet carried out; warned.</summary>
    NotYet,

    /// <summary>Accepted without effect, as docker compose does; warned.</summary>
    Ignored,
}

/// <summary>One attribute of the specification.</summary>
internal sealed record AttributeRule(string Name, Shape Shape, Support Support = Support.Engine)
{
    public MergeRule Merge { get; init; } = MergeRule.Natural;

    /// <summary>For <see cref="MergeRule.AppendByKey"/>: what makes two items the same.</summary>
    public Func<Yaml.YamlNode, string>? ItemKey { get; init; }

    public bool Required { get; init; }

    /// <summary>Whether an item that stands in a list twice is an error rather than dropped.</summary>
    public bool Distinct { get; init; }

    /// <summary>Whether null may stand alone, without an earlier layer it leaves in place.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether null is refused in every layer, even over an earlier one.</summary>
    public bool NeverNull { get; init; }
}

/// <summary>A section of the specification: its attributes by name. Keys with x- are allowed everywhere.</summary>
internal sealed class Section(string name, params IReadOnlyList<AttributeRule> attributes)
{
    private readonly Dictionary<string, AttributeRule> _attributes = attributes.ToDictionary(
        attribute => attribute.Name, StringComparer.Ordinal);

    /// <summary>The old way to name what exists outside the project.</summary>
    public static readonly Section External = new("external", new AttributeRule("name", Shapes.StringValue));

    public string Name => name;

    public IReadOnlyList<AttributeRule> Attributes => attributes;

    /// <summary>The names that may not be absent.</summary>
    public IReadOnlyList<string> Required { get; } = [
        .. attributes.Where(attribute => attribute.Required).Select(attribute => attribute.Name)];

    public AttributeRule? this[string attribute] => _attributes.TryGetValue(attribute, out var rule) ? rule : null;
}
