using System.Text.Json;
using System.Text.RegularExpressions;

namespace Compose.Images.Dockerfiles;

/// <summary>The parser directives at the top of a Dockerfile.</summary>
/// <param name="Syntax">The image of the syntax directive, which parses the Dockerfile, or null.</param>
/// <param name="Escape">The character that escapes others and continues lines.</param>
internal sealed record DockerfileDirectives(string? Syntax, char Escape)
{
    private const string SyntaxName = "syntax";
    private static readonly Regex Directive = new(@"^([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$", RegexOptions.CultureInvariant);
    private static readonly string[] Names = [SyntaxName, "escape", "check"];

    /// <param name="text">The Dockerfile, without a byte order mark.</param>
    public static DockerfileDirectives Read(string text)
    {
        var lines = text.Split('\n');
        // BuildKit looks for the syntax directive in other comment styles too, and after a shebang, but never indented.
        var below = text.StartsWith("#!", StringComparison.Ordinal) ? lines.Skip(1) : lines;
        var syntax = Value(below, "#", SyntaxName) ?? Value(below, "//", SyntaxName) ?? JsonSyntax(text);
        var escape = Value(lines.Select(line => line.TrimStart()), "#", "escape");
        return new DockerfileDirectives(syntax?.Split(' ')[0], escape is "`" ? '`' : '\\');
    }

    /// <summary>The value of a directive. Directives end at the first line that is not one.</summary>
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
