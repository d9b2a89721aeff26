using System.Text.RegularExpressions;
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

/// <summary>What a value may be in the file, before it is cast.</summary>
[Flags]
internal enum Written
{
    String = 1,
    Integer = 2,

    /// <summary>Any number; where an integer is needed, what stands after the point is dropped.</summary>
    Number = 4,
    Boolean = 8,
}

/// <summary>A single value.</summary>
internal sealed record ScalarShape(ScalarKind Kind, IReadOnlyList<string>? OneOf = null, bool IsPath = false) : Shape
{
    /// <summary>What it may be written as: where the specification is narrower than the kind.</summary>
    public Written As { get; init; } = Kind switch
    {
        ScalarKind.String or ScalarKind.Duration => Written.String,
        ScalarKind.Text => Written.String | Written.Number | Written.Boolean,
        ScalarKind.Integer => Written.String | Written.Integer,
        ScalarKind.Boolean => Written.String | Written.Boolean,
        _ => Written.String | Written.Number,
    };

    /// <summary>Whether a YAML value is of a type this may be written as.</summary>
    public bool Takes(object? value) => value switch
    {
        string => As.HasFlag(Written.String),
        long or ulong => (As & (Written.Integer | Written.Number)) != 0,
        double number => As.HasFlag(Written.Number) || (As.HasFlag(Written.Integer) && number == Math.Floor(number)),
        bool => As.HasFlag(Written.Boolean),
        _ => false,
    };

    /// <summary>What the text must match, and the words for it.</summary>
    public Regex? Pattern { get; init; }
    public string? Words { get; init; }

    /// <summary>The bounds of a number.</summary>
    public double Least { get; init; } = double.MinValue;
    public double Most { get; init; } = double.MaxValue;

    /// <summary>Whether a whole number must fit into 32 bits.</summary>
    public bool Is32Bit { get; init; }

    /// <summary>Whether a number must have no fraction, even where it is written as one: 50.0.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether a value of the right kind is one of those allowed.</summary>
    public bool Allows(object value) => value switch
    {
        string text => (OneOf is null || OneOf.Contains(text)) && Pattern?.IsMatch(text) != false,
        long whole => (!Is32Bit || whole is >= int.MinValue and <= int.MaxValue) && whole >= Least && whole <= Most,
        double number => number >= Least && number <= Most && (!IsWhole || number == Math.Floor(number)),
        _ => true,
    };

    public override string Expected =>
        Words is not null ? Words : Most < double.MaxValue
            || Least > double.MinValue ? Range : OneOf is not null ? "one of " + string.Join(", ", OneOf) : Kind switch
    {
        ScalarKind.String => "a string",
        ScalarKind.Text => As.HasFlag(Written.Boolean) ? "a string, a number or a boolean" : "a string or a number",
        ScalarKind.Integer => "an integer",
        ScalarKind.Number => "a number",
        ScalarKind.Boolean => "true or false",
        ScalarKind.Bytes or ScalarKind.Size => "a size such as 64m",
        ScalarKind.Duration => "a duration such as 1m30s",
        _ => "permission bits such as \"0440\"",
    };

    private string Range => Most < double.MaxValue
        ? FormattableString.Invariant($"{Noun} from {Least} to {Most}")
        : FormattableString.Invariant($"{Noun} of at least {Least}");

    /// <summary>Where a fraction is refused, the words say so.</summary>
    private string Noun => As.HasFlag(Written.Number) ? "a number" : "a whole number";
}

/// <summary>A list; a single value stands for a list of one where <paramref name="AllowSingle"/> says so.</summary>
internal sealed record ListShape(Shape Item, bool AllowSingle = false) : Shape
{
    public override string Expected => AllowSingle ? $"{Item.Expected} or a list" : "a list";
}

/// <summary>A mapping whose keys are the user's.</summary>
internal sealed record MapShape(Shape Value, bool AllowNull = false) : Shape
{
    /// <summary>How an entry's values of two layers become one.</summary>
    public MergeRule Entries { get; init; } = MergeRule.Natural;

    public override string Expected => "a mapping";
}

/// <summary>A mapping or a list of <c>key=value</c>; the list becomes a mapping.</summary>
/// <param name="NullStays">Whether a key without value means "pass it through" rather than "empty".</param>
internal sealed record PairsShape(bool NullStays = false) : Shape
{
    /// <summary>Whether a key that a list names twice is an error; else the later one stands.</summary>
    public bool Distinct { get; init; }

    /// <summary>Whether each key must have a value.</summary>
    public bool NeedsValue { get; init; }

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

/// <summary>
/// What expanding a short form may need: ways to report, at a node, what is wrong, or a word that only a shell understands.
/// </summary>
internal sealed record ShortFormContext(Action<YamlNode, string> Fail, Action<YamlNode, string> WarnOfShellWord);

/// <summary>Whether something exists outside the project: a boolean, or the old mapping that also names it.</summary>
internal sealed record ExternalShape : Shape
{
    public override string Expected => "true or false";
}
