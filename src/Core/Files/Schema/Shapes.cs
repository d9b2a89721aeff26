using System.Text.RegularExpressions;
using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>Shapes that several sections use.</summary>
internal static class Shapes
{
    public static readonly Shape StringValue = new ScalarShape(ScalarKind.String);
    public static readonly Shape Text = new ScalarShape(ScalarKind.Text);
    public static readonly Shape PathValue = new ScalarShape(ScalarKind.String, IsPath: true);
    public static readonly Shape Integer = new ScalarShape(ScalarKind.Integer);
    public static readonly Shape Integer32 = new ScalarShape(ScalarKind.Integer) { Is32Bit = true };
    public static readonly Shape Number = new ScalarShape(ScalarKind.Number);

    /// <summary>A number of CPUs. The bounds keep the engine's NanoCpus within 64 bits.</summary>
    public static readonly Shape Cpus =
        new ScalarShape(ScalarKind.Number) { Minimum = -9e9, Maximum = 9e9, Description = "a number" };
    public static readonly Shape BooleanValue = new ScalarShape(ScalarKind.Boolean);
    public static readonly Shape Bytes = new ScalarShape(ScalarKind.Bytes);
    public static readonly Shape Size = new ScalarShape(ScalarKind.Size) { Types = YamlTypes.String | YamlTypes.Integer };
    public static readonly Shape Duration = new ScalarShape(ScalarKind.Duration);

    /// <summary>An integer that may be written with a fraction, which is dropped.</summary>
    public static readonly Shape Whole = new ScalarShape(ScalarKind.Integer) { Types = YamlTypes.String | YamlTypes.Number };

    /// <summary>A number that cannot be written as a string, and so cannot come from a variable.</summary>
    public static readonly Shape PlainNumber = new ScalarShape(ScalarKind.Integer) { Types = YamlTypes.Number, Is32Bit = true };
    public static readonly Shape Count = new ScalarShape(ScalarKind.Integer) { Minimum = 0, Is32Bit = true };
    public static readonly Shape TextOrNumber = new ScalarShape(ScalarKind.Text) { Types = YamlTypes.String | YamlTypes.Number };

    /// <summary>A size that must be a string: with a unit, or quoted.</summary>
    public static readonly Shape BytesText = new ScalarShape(ScalarKind.Bytes) { Types = YamlTypes.String };
    public static readonly Shape FileModeValue = new ScalarShape(ScalarKind.FileMode) { Is32Bit = true };
    public static readonly Shape Any = new AnyShape();
    public static readonly Shape Strings = new ListShape(StringValue);
    public static readonly Shape Texts = new ListShape(Text);
    public static readonly Shape StringOrList = new ListShape(StringValue, AllowSingle: true);
    public static readonly Shape Pairs = new PairsShape();
    public static readonly Shape Variables = new PairsShape(NullStays: true);
    public static readonly Shape Options = new MapShape(TextOrNumber);

    /// <summary>Pairs in which a repeated key is an error.</summary>
    public static readonly Shape DistinctPairs = new PairsShape { Distinct = true };
    public static readonly Shape DistinctVariables = new PairsShape(NullStays: true) { Distinct = true };

    /// <summary>A command; a string is split into words like a shell command line.</summary>
    public static readonly Shape Command = new ShortForm(Strings, "a string", ShortForms.Command);

    public static readonly Shape Ulimits = new MapShape(new ShortForm(
        new SectionShape(
            new Section(
                "ulimit", new AttributeRule("soft", Integer) { Required = true },
                new AttributeRule("hard", Integer) { Required = true })),
        "an integer", ShortForms.Ulimit)) { Entries = MergeRule.Replace };

    public static readonly Shape Hosts = new ShortForm(
        new ListShape(Matching("^[^:=]+[:=]", "a host and its address, such as db=10.0.0.5")), "a mapping", ShortForms.Hosts);

    /// <summary>A service's or build's references to secrets or configs.</summary>
    public static readonly Shape FileObjects = new ListShape(new ShortForm(
        new SectionShape(new Section("file object",
            new AttributeRule("source", StringValue) { Required = true },
            new AttributeRule("target", StringValue),
            new AttributeRule("uid", Text),
            new AttributeRule("gid", Text),
            new AttributeRule("mode", FileModeValue))),
        "a name", ShortForms.Source));

    public static Shape OneOf(params string[] values) => new ScalarShape(ScalarKind.String, values);

    public static Shape Matching(string pattern, string expected) =>
        new ScalarShape(ScalarKind.String)
        {
            Pattern = new Regex(pattern, RegexOptions.CultureInvariant),
            Description = expected,
        };

    public static Shape Between(ScalarKind kind, double least, double most) =>
        new ScalarShape(kind) { Minimum = least, Maximum = most };

    public static Shape Section(Section section) => new SectionShape(section);

    public static Shape ListOf(Section section) => new ListShape(new SectionShape(section));

    /// <summary>A scalar as text; empty for any other node.</summary>
    public static string Format(YamlNode node) => node is YamlScalar scalar ? YamlScalars.Format(scalar.Value) : "";
}
