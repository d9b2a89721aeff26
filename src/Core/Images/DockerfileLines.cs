using System.Text.RegularExpressions;

namespace Compose.Images;

/// <summary>A Dockerfile's instructions as logical lines: continued lines joined, comments and here-documents left out.</summary>
internal sealed class DockerfileLines(string text)
{
    private static readonly Regex Directive = new(@"^#\s*(\w+)\s*=\s*(\S+)(?:\s.*)?$", RegexOptions.CultureInvariant);
    private static readonly Regex HereDocument = new(@"(?<=\s)\d*<<-?([""']?)(\w+)\1(?=\s|$)", RegexOptions.CultureInvariant);

    /// <summary>The image of the syntax line at the top, once <see cref="Read"/> is past it.</summary>
    public string? Syntax { get; private set; }

    /// <summary>Whether anything is written in place, once <see cref="Read"/> is past it.</summary>
    public bool HasHereDocument { get; private set; }

    public IEnumerable<string> Read()
    {
        var escape = '\\';
        var top = true;
        var pending = "";
        var ends = new Queue<string>();
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Select(raw => raw.Trim()))
        {
            if (ends.Count > 0)
            {
                if (line == ends.Peek())
                    ends.Dequeue();
                continue;
            }

            if (top && Directive.Match(line) is { Success: true } directive)
            {
                if (string.Equals(directive.Groups[1].Value, "escape", StringComparison.OrdinalIgnoreCase))
                    escape = directive.Groups[2].Value[0];
                else if (string.Equals(directive.Groups[1].Value, "syntax", StringComparison.OrdinalIgnoreCase))
                    Syntax = directive.Groups[2].Value;
                continue;
            }

            top = false;
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[line.Length - 1] == escape)
            {
                pending += line.Substring(0, line.Length - 1) + " ";
                continue;
            }

            var whole = pending + line;
            pending = "";
            if (Regex.IsMatch(whole, @"^(RUN|COPY|ADD)\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))
            {
                foreach (Match document in HereDocument.Matches(whole))
                {
                    ends.Enqueue(document.Groups[2].Value);
                    HasHereDocument = true;
                }
            }

            yield return whole;
        }
    }
}
