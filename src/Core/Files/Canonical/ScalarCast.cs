using System.Globalization;
using System.Text.RegularExpressions;
using Compose.Errors;
using Compose.Files.Checks;
using Compose.Files.Reading;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files.Canonical;

/// <summary>Casts scalars to the schema's types; strings too, because interpolation yields strings.</summary>
internal sealed class ScalarCast(DiagnosticBag diagnostics, PathResolver paths, TreePath path)
{
    private const NumberStyles Signed =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private static readonly Dictionary<string, bool> BooleanWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["true"] =
            true, ["false"] = false, ["yes"] = true, ["no"] = false, ["y"] = true, ["n"] = false, ["on"] = true, ["off"] = false,
    };

    private static readonly Regex LargeNumber = new(@"^[-+]?[0-9.]*([0-9]{10}|[eE]\+?[0-9]{2})", RegexOptions.CultureInvariant);

    public YamlNode? Convert(YamlNode node, ScalarShape shape)
    {
        if (node is YamlScalar { IsNull: true } && shape.Kind != ScalarKind.Boolean)
            return node;
        var value = node is YamlScalar scalar && shape.Accepts(scalar.Value) ? Cast(scalar, shape) : null;
        if (value is null || !shape.Allows(value))
        {
            diagnostics.Error(FileErrors.WrongType, $"'{path.Last}' must be {shape.Expected}.", node, path.ToString(),
                shape.OneOf is { } names && value is string typed ? NearestName.Advice(typed, names)
                : IsLarge(node, shape) ? "The number is too large."
                : null);
            return null;
        }

        var given = (YamlScalar)node;
        return Equals(value, given.Value) ? given : given.With(value, given.Text);
    }

    private static bool IsLarge(YamlNode node, ScalarShape shape) =>
        shape.Kind is not (ScalarKind.String or ScalarKind.Text or ScalarKind.Boolean) && node is YamlScalar { Text: { } text }
            && LargeNumber.IsMatch(text);

    private object? Cast(YamlScalar node, ScalarShape shape) => Cast(node.Value, node, shape);

    private object? Cast(object? value, YamlScalar node, ScalarShape shape) => shape.Kind switch
    {
        ScalarKind.String => value is string text ? shape.IsPath ? paths.Resolve(text, node) : text : null,
        ScalarKind.Text => value is null ? null : YamlScalars.Format(value),
        ScalarKind.Integer => Integer(value),
        ScalarKind.Number => value switch
        {
            long => value,
            double real => Finite(real),
            ulong large => (double)large,
            string number => Number(number),
            _ => null,
        },
        ScalarKind.Boolean =>
            value is bool ? value : value is string word && BooleanWords.TryGetValue(word, out var flag) ? flag : null,
        ScalarKind.Bytes => Bytes(value),
        ScalarKind.Size => Bytes(value) is long and >= 0 and var size ? size : null,
        ScalarKind.Duration => value is string duration ? ComposeDuration.Parse(duration) is null ? null : duration : null,
        _ => value is long ? value : value is double bits ? WholeNumber.Of(bits) : value is string mode ? Octal(mode) : null,
    };

    private static object? Bytes(object? value) => value switch
    {
        long => value,
        double real => WholeNumber.Of(real),
        string text => ByteSize.Parse(text),
        _ => null,
    };

    private static object? Integer(object? value) => value switch
    {
        long => value,
        double real => WholeNumber.Of(real),
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            number,
        _ => null,
    };

    private static object? Number(string text) =>
        double.TryParse(text, Signed, CultureInfo.InvariantCulture, out var number) ? Finite(number) : null;

    /// <summary>Refuses NaN, and numbers that overflow to infinity in docker compose's 32-bit floats.</summary>
    private static object? Finite(double number) => float.IsInfinity((float)number) || double.IsNaN(number) ? null : number;

    private static object? Octal(string text) =>
        text.Length is > 0 and < 7 && text.All(digit => digit is >= '0' and <= '7') ? System.Convert.ToInt64(text, 8) : null;
}
