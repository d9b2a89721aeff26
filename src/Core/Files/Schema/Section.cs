namespace Compose.Files.Schema;

/// <summary>How a later file's value of an attribute is merged over an earlier one.</summary>
internal enum MergeRule
{
    /// <summary>Mappings merge by key, lists append, scalars are replaced.</summary>
    Natural,

    /// <summary>The later value replaces the earlier one.</summary>
    Replace,

    /// <summary>Lists append; equal items are kept once.</summary>
    AppendUnique,

    /// <summary>Lists append; an item replaces the earlier one with the same key.</summary>
    AppendByKey,

    /// <summary>The later list replaces the earlier one; each item is merged over the earlier item with the same key.</summary>
    Inherit,

    /// <summary>Mappings merge if they have the same driver, or one has none; otherwise the later one replaces.</summary>
    Logging,
}

/// <summary>Which part carries out an attribute. docs/support.md lists it.</summary>
internal enum Support
{
    Engine,
    Client,

    /// <summary>Has an effect on a Swarm only; the loader warns.</summary>
    Swarm,

    /// <summary>Known but not carried out yet; the loader warns.</summary>
    NotYet,

    /// <summary>Accepted without effect, as in docker compose; the loader warns.</summary>
    Ignored,
}

/// <summary>What happens to an attribute of a service that is deployed to a Swarm. docs/support.md lists it.</summary>
internal enum SwarmSupport
{
    Yes,

    /// <summary>Some values are carried out, others are warned about or refused.</summary>
    Partly,

    /// <summary>The deployment warns and leaves it out.</summary>
    Warned,

    /// <summary>The service cannot be deployed.</summary>
    Refused,
}

/// <summary>An attribute of the specification: its form, how files are merged, and what carries it out.</summary>
internal sealed record AttributeRule(string Name, Shape Shape, Support Support = Support.Engine)
{
    public MergeRule Merge { get; init; } = MergeRule.Natural;

    /// <summary>The key of an item, for <see cref="MergeRule.AppendByKey"/> and <see cref="MergeRule.Inherit"/>.</summary>
    public Func<Yaml.YamlNode, string>? ItemKey { get; init; }

    /// <summary>What a deployment to a Swarm does with it.</summary>
    public SwarmSupport OnSwarm { get; init; } =
        Support is Support.NotYet or Support.Ignored ? SwarmSupport.Warned : SwarmSupport.Yes;

    public bool Required { get; init; }

    /// <summary>Whether a repeated item of a list is an error.</summary>
    public bool Distinct { get; init; }

    /// <summary>Whether null is valid without an earlier value. Elsewhere null only keeps the value of an earlier file.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether null is an error in every file, even where an earlier one has a value.</summary>
    public bool NeverNull { get; init; }
}

/// <summary>A section of the specification with its attributes. Extensions (<c>x-</c>) are allowed in all of them.</summary>
internal sealed class Section(string name, params IReadOnlyList<AttributeRule> attributes)
{
    private readonly Dictionary<string, AttributeRule> _attributes = attributes.ToDictionary(
        attribute => attribute.Name, StringComparer.Ordinal);

    /// <summary>The old form of <c>external</c>: a mapping with a name.</summary>
    public static readonly Section External = new("external", new AttributeRule("name", Shapes.StringValue));

    public string Name => name;

    public IReadOnlyList<AttributeRule> Attributes => attributes;

    /// <summary>The names of the required attributes.</summary>
    public IReadOnlyList<string> Required { get; } = [
        .. attributes.Where(attribute => attribute.Required).Select(attribute => attribute.Name)];

    public AttributeRule? this[string attribute] => _attributes.TryGetValue(attribute, out var rule) ? rule : null;
}
