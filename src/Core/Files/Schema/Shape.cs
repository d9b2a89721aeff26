using System.Text.RegularExpressions;
using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>The form of a value: its type, and how a short form is expanded.</summary>
internal abstract record Shape
{
    /// <summary>The description in errors: "must be ...".</summary>
    public abstract string Expected { get; }
}

/// <summary>The type that a scalar is cast to.</summary>
internal enum ScalarKind
{
    /// <summary>A string; numbers and booleans are errors.</summary>
    String,

    /// <summary>A string; numbers and booleans are converted.</summary>
    Text,
    Integer,
    Number,
    Boolean,

    /// <summary>Bytes with an optional unit (64m); becomes a number.</summary>
    Bytes,

    /// <summary>Like <see cref="Bytes"/>, but not negative.</summary>
    Size,

    /// <summary>A duration such as 1m30s; stays text.</summary>
    Duration,

    /// <summary>Permission bits: a number, or octal digits as a string.</summary>
    FileMode,
}

/// <summary>The YAML types that a value may have in the file, before it is cast.</summary>
[Flags]
internal enum YamlTypes
{
    String = 1,
    Integer = 2,

    /// <summary>Any number; a cast to an integer drops the fraction.</summary>
    Number = 4,
    Boolean = 8,
}

/// <summary>A scalar.</summary>
internal sealed record ScalarShape(ScalarKind Kind, IReadOnlyList<string>? OneOf = null, bool IsPath = false) : Shape
{
    /// <summary>The accepted YAML types, set where the specification accepts fewer than the kind could be cast from.</summary>
    public YamlTypes Types { get; init; } = Kind switch
    {
        ScalarKind.String or ScalarKind.Duration => YamlTypes.String,
        ScalarKind.Text => YamlTypes.String | YamlTypes.Number | YamlTypes.Boolean,
        ScalarKind.Integer => YamlTypes.String | YamlTypes.Integer,
        ScalarKind.Boolean => YamlTypes.String | YamlTypes.Boolean,
        _ => YamlTypes.String | YamlTypes.Number,
    };

    /// <summary>Whether a YAML value has an accepted type.</summary>
    public bool Accepts(object? value) => value switch
    {
        string => Types.HasFlag(YamlTypes.String),
        long or ulong => (Types & (YamlTypes.Integer | YamlTypes.Number)) != 0,
        double number => Types.HasFlag(YamlTypes.Number) || (Types.HasFlag(YamlTypes.Integer) && number == Math.Floor(number)),
        bool => Types.HasFlag(YamlTypes.Boolean),
        _ => false,
    };

    /// <summary>A pattern that the text must match; <see cref="Description"/> describes it in errors.</summary>
    public Regex? Pattern { get; init; }
    public string? Description { get; init; }

    /// <summary>The inclusive bounds of a number.</summary>
    public double Minimum { get; init; } = double.MinValue;
    public double Maximum { get; init; } = double.MaxValue;

    /// <summary>Whether an integer must fit into 32 bits.</summary>
    public bool Is32Bit { get; init; }

    /// <summary>Whether a number must be whole; 50.0 is.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether a cast value is within the bounds, the pattern and the list of values.</summary>
    public bool Allows(object value) => value switch
    {
        string text => (OneOf is null || OneOf.Contains(text)) && Pattern?.IsMatch(text) != false,
        long whole => (!Is32Bit || whole is >= int.MinValue and <= int.MaxValue) && whole >= Minimum && whole <= Maximum,
        double number => number >= Minimum && number <= Maximum && (!IsWhole || number == Math.Floor(number)),
        _ => true,
    };

    public override string Expected =>
        Description is not null ? Description : Maximum < double.MaxValue
            || Minimum > double.MinValue ? Range : OneOf is not null ? "one of " + string.Join(", ", OneOf) : Kind switch
    {
        ScalarKind.String => "a string",
        ScalarKind.Text => Types.HasFlag(YamlTypes.Boolean) ? "a string, a number or a boolean" : "a string or a number",
        ScalarKind.Integer => "an integer",
        ScalarKind.Number => "a number",
        ScalarKind.Boolean => "true or false",
        ScalarKind.Bytes or ScalarKind.Size => "a size such as 64m",
        ScalarKind.Duration => "a duration such as 1m30s",
        _ => "permission bits such as \"0440\"",
    };

    private string Range => Maximum < double.MaxValue
        ? FormattableString.Invariant($"{Noun} from {Minimum} to {Maximum}")
        : FormattableString.Invariant($"{Noun} of at least {Minimum}");

    /// <summary>Says "whole" where a fraction would be an error.</summary>
    private string Noun => Types.HasFlag(YamlTypes.Number) ? "a number" : "a whole number";
}

/// <summary>A list. With <paramref name="AllowSingle"/> a scalar is read as a list of one item.</summary>
internal sealed record ListShape(Shape Item, bool AllowSingle = false) : Shape
{
    public override string Expected => AllowSingle ? $"{Item.Expected} or a list" : "a list";
}

/// <summary>A mapping with keys that users choose, such as services.</summary>
internal sealed record MapShape(Shape Value, bool AllowNull = false) : Shape
{
    /// <summary>How the values of a key in two files are merged.</summary>
    public MergeRule Entries { get; init; } = MergeRule.Natural;

    public override string Expected => "a mapping";
}

/// <summary>A mapping or a list of <c>key=value</c>; the list becomes a mapping.</summary>
/// <param name="NullStays">Whether a key without a value passes a variable through; otherwise its value is empty.</param>
internal sealed record PairsShape(bool NullStays = false) : Shape
{
    /// <summary>Whether a repeated key in a list is an error; otherwise the last value is used.</summary>
    public bool Distinct { get; init; }

    /// <summary>Whether each key must have a value.</summary>
    public bool NeedsValue { get; init; }

    public override string Expected => "a mapping or a list of key=value";
}

/// <summary>A mapping with the attributes of a section.</summary>
internal sealed record SectionShape(Section Section) : Shape
{
    public override string Expected => "a mapping";
}

/// <summary>A value with a short form, which <paramref name="Expand"/> converts to <paramref name="Long"/>.</summary>
internal sealed record ShortForm(Shape Long, string ShortExpected, Func<YamlNode, ShortFormContext, YamlNode?> Expand) : Shape
{
    public override string Expected => $"{ShortExpected} or {Long.Expected}";
}

/// <summary>Any value.</summary>
internal sealed record AnyShape : Shape
{
    public override string Expected => "anything";
}

/// <summary>
/// How the expansion of a short form reports problems at a node: a wrong value with the expected one, or a word that only a
/// shell understands.
/// </summary>
internal sealed record ShortFormContext(Action<YamlNode, string> Fail, Action<YamlNode, string> WarnOfShellWord);

/// <summary>The value of <c>external</c>: a boolean, or the old form, a mapping with a name.</summary>
internal sealed record ExternalShape : Shape
{
    public override string Expected => "true or false";
}
