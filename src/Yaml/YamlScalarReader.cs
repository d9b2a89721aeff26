using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Compose.Yaml;

/// <summary>Converts a scalar event to a node.</summary>
internal static class YamlScalarReader
{
    /// <summary>Converts a scalar. Infinity and NaN, which YAML has and compose does not, are errors.</summary>
    public static YamlScalar Read(Scalar scalar, string? file, int layer, List<YamlProblem> problems)
    {
        var tag = scalar.TagText();
        var value = Value(scalar, tag);
        if (value is double number && (double.IsNaN(number) || double.IsInfinity(number)))
            problems.Add(
                new YamlProblem(
                    $"{scalar.Value} is not a finite number; quote it to mean the text.", (int)scalar.Start.Line,
                    (int)scalar.Start.Column, scalar.EndColumn()));
        return new YamlScalar
        {
            Value = value,
            Text = value as string ?? scalar.Value,
            File = file,
            Line = (int)scalar.Start.Line,
            Column = (int)scalar.Start.Column,
            EndColumn = scalar.EndColumn(),
            Tag = tag,
            Layer = layer,
        };
    }

    /// <summary>The value of a scalar: by its tag, else by its text if it is not quoted.</summary>
    private static object? Value(Scalar scalar, string? tag)
    {
        const string core = "tag:yaml.org,2002:";
        switch (tag)
        {
            case core + "int" or core + "float" or core + "bool" or core + "null":
                var value = YamlScalars.Resolve(scalar.Value);
                var fits = tag switch
                {
                    core + "int" => value is long or ulong,
                    core + "float" => value is long or ulong or double,
                    core + "bool" => value is bool,
                    _ => value is null,
                };
                return fits
                    ? value
                    : throw new YamlException(scalar.Start, scalar.End, $"'{scalar.Value}' is no !!{tag.Substring(core.Length)}");
            case core + "binary":
                return Binary(scalar);
            case core + "str":
                return scalar.Value;
            default:
                return scalar.Style == ScalarStyle.Plain ? YamlScalars.Resolve(scalar.Value) : scalar.Value;
        }
    }

    private static string Binary(Scalar scalar)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value));
        }
        catch (FormatException exception)
        {
            throw new YamlException(scalar.Start, scalar.End, "This is no base64 text", exception);
        }
    }
}
