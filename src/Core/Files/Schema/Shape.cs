using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>What a value may look like, and how it is brought into long form.</summary>
internal abstract record Shape
{
    /// <summary>The words an error uses: "must be a ...".</summary>
    public abstract string Expected { get; }
}

/// <summary>What a scalar is cast to.</summary>
internal enum ScalarKind
{
    /// <summary>A string; a number or boolean is refused.</summary>
    String,

    /// <summary>A string; numbers and booleans are spelled out.</summary>
    Text,
    Integer,
    Number,
    Boolean,

    /// <summary>Bytes with an optional unit (64m); becomes a number.</summary>
    Bytes,

    /// <summary>Like bytes, but not negative.</summary>
    Size,

    /// <summary>A duration such as 1m30s; stays text.</summary>
    Duration,

    /// <summary>Permission bits: a number, or octal digits as a string.</summary>
    FileMode,
}

/// <summary>A single value.</summary>
internal sealed record ScalarShape(ScalarKind Kind, IReadOnlyList<string>? OneOf = null, bool IsPath = false) : Shape
{
    public override string Expected => OneOf is not null ? "one of " + string.Join(", ", OneOf) : Kind switch
    {
        ScalarKind.String => "a string",
        ScalarKind.Text => "a string, a number or a boolean",
        ScalarKind.Integer => "an integer",
        ScalarKind.Number => "a number",
        ScalarKind.Boolean => "true or false",
        ScalarKind.Bytes or ScalarKind.Size => "a size such as 64m",
        ScalarKind.Duration => "a duration such as 1m30s",
        _ => "permission bits such as \"0440\"",
    };
}

/// <summary>A list; a single value stands for a list of one where <paramref name="AllowSingle"/> says so.</summary>
internal sealed record ListShape(Shape Item, bool AllowSingle = false) : Shape
{
    public override string Expected => AllowSingle ? $"{Item.Expected} or a list" : "a list";
}

/// <summary>A mapping whose keys are the user's.</summary>
internal sealed record MapShape(Shape Value, bool AllowNull = false) : Shape
{
    public override string Expected => "a mapping";
}

/// <summary>A mapping or a list of <c>key=value</c>; the list becomes a mapping.</summary>
/// <param name="NullStays">Whether a key without value means "pass it through" rather than "empty".</param>
internal sealed record PairsShape(bool NullStays = false) : Shape
{
    public override string Expected => "a mapping or a list of key=value";
}

/// <summary>A mapping whose keys the section defines.</summary>
internal sealed record SectionShape(Section Section) : Shape
{
    public override string Expected => "a mapping";
}

/// <summary>A value with a short form: <paramref name="Expand"/> turns whatever is not a mapping into the long form.</summary>
internal sealed record ShortForm(Shape Long, string ShortExpected, Func<YamlNode, ShortFormContext, YamlNode?> Expand) : Shape
{
    public override string Expected => $"{ShortExpected} or {Long.Expected}";
}

/// <summary>Anything: extensions, driver options of plugins.</summary>
internal sealed record AnyShape : Shape
{
    public override string Expected => "anything";
}

/// <summary>What expanding a short form may need: reports a problem at a node.</summary>
internal sealed record ShortFormContext(Action<YamlNode, string> Fail, bool Windows);

/// <summary>Whether something exists outside the project: a boolean, or the old mapping that also names it.</summary>
internal sealed record ExternalShape : Shape
{
    public override string Expected => "true or false";
}
