using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>The shapes sections are written with.</summary>
internal static class Shapes
{
    public static readonly Shape StringValue = new ScalarShape(ScalarKind.String);
    public static readonly Shape Text = new ScalarShape(ScalarKind.Text);
    public static readonly Shape PathValue = new ScalarShape(ScalarKind.String, IsPath: true);
    public static readonly Shape Integer = new ScalarShape(ScalarKind.Integer);
    public static readonly Shape Number = new ScalarShape(ScalarKind.Number);
    public static readonly Shape BooleanValue = new ScalarShape(ScalarKind.Boolean);
    public static readonly Shape Bytes = new ScalarShape(ScalarKind.Bytes);
    public static readonly Shape Size = new ScalarShape(ScalarKind.Size);
    public static readonly Shape Duration = new ScalarShape(ScalarKind.Duration);
    public static readonly Shape FileModeValue = new ScalarShape(ScalarKind.FileMode);
    public static readonly Shape Any = new AnyShape();
    public static readonly Shape Strings = new ListShape(StringValue);
    public static readonly Shape Texts = new ListShape(Text);
    public static readonly Shape StringOrList = new ListShape(StringValue, AllowSingle: true);
    public static readonly Shape Pairs = new PairsShape();
    public static readonly Shape Variables = new PairsShape(NullStays: true);
    public static readonly Shape Options = new MapShape(Text);

    /// <summary>A command line: a string is split as a shell would.</summary>
    public static readonly Shape Command = new ShortForm(new ListShape(Text), "a string", ShortForms.Command);

    public static readonly Shape Ulimits = new MapShape(new ShortForm(
        new SectionShape(new Section("ulimit", new AttributeRule("soft", Integer), new AttributeRule("hard", Integer))),
        "an integer", ShortForms.Ulimit));

    public static readonly Shape Hosts = new ShortForm(new ListShape(StringValue), "a mapping", ShortForms.Hosts);

    /// <summary>The uses of secrets and configs.</summary>
    public static readonly Shape FileObjects = new ListShape(new ShortForm(
        new SectionShape(new Section("file object",
            new AttributeRule("source", StringValue) { Required = true },
            new AttributeRule("target", StringValue),
            new AttributeRule("uid", Text),
            new AttributeRule("gid", Text),
            new AttributeRule("mode", FileModeValue))),
        "a name", ShortForms.Source));

    public static Shape OneOf(params string[] values) => new ScalarShape(ScalarKind.String, values);

    public static Shape Section(Section section) => new SectionShape(section);

    public static Shape ListOf(Section section) => new ListShape(new SectionShape(section));

    /// <summary>A list of mappings or its items as plain text, both kept.</summary>
    public static string Spell(YamlNode node) => node is YamlScalar scalar ? YamlScalars.Format(scalar.Value) : "";
}
