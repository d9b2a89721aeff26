using System.Text.Json;
using System.Text.RegularExpressions;

namespace Compose.Images.Dockerfiles;

/// <summary>What the comments at the top of a Dockerfile set.</summary>
/// <param name="Syntax">The image that reads the Dockerfile; null: the builder does.</param>
/// <param name="Escape">What escapes a character, and continues a line.</param>
internal sealed record DockerfileDirectives(string? Syntax, char Escape)
{
    private const string SyntaxName = "syntax";
    private static readonly Regex Directive = new(@"^([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$", RegexOptions.CultureInvariant);
    private static readonly string[] Names = [SyntaxName, "escape", "check"];

    /// <param name="text">The Dockerfile, without a byte order mark.</param>
    public static DockerfileDirectives Read(string text)
    {
        var lines = text.Split('\n');
        // Who reads the file is found out before it is read: in other languages too, below a shebang, and never indented.
        var below = text.StartsWith("#!", StringComparison.Ordinal) ? lines.Skip(1) : lines;
        var syntax = Value(below, "#", SyntaxName) ?? Value(below, "//", SyntaxName) ?? JsonSyntax(text);
        var escape = Value(lines.Select(line => line.TrimStart()), "#", "escape");
        return new DockerfileDirectives(syntax?.Split(' ')[0], escape is "`" ? '`' : '\\');
    }

    /// <summary>The first line that is no directive ends them.</summary>
    private static string? Value(IEnumerable<string> lines, string comment, string name) =>
        lines.TakeWhile(line => line.StartsWith(comment, StringComparison.Ordinal))
            .Select(line => Directive.Match(line.Substring(comment.Length).Trim()))
            .TakeWhile(match => match.Success && Names.Contains(NameOf(match)))
            .FirstOrDefault(match => NameOf(match) == name)?.Groups[2].Value;

    private static string NameOf(Match directive) => directive.Groups[1].Value.ToLowerInvariant();

    private static string? JsonSyntax(string text)
    {
        if (!text.StartsWith("{", StringComparison.Ordinal))
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var isThere = document.RootElement.TryGetProperty(SyntaxName, out var syntax);
            return isThere && syntax.ValueKind == JsonValueKind.String ? syntax.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
