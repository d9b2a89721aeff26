using System.Text;

namespace Compose.Images.Dockerfiles;

/// <summary>Splits a Dockerfile into instructions. Comments and the contents of here-documents are left out.</summary>
internal sealed class DockerfileLines
{
    private readonly string _text;
    private int _next;
    private int _line;

    private DockerfileLines(string text) => _text = text;

    /// <summary>The instructions, in order.</summary>
    public IReadOnlyList<DockerfileInstruction> Instructions { get; private set; } = [];

    /// <summary>The image of the syntax directive, or null.</summary>
    public string? Syntax { get; private set; }

    /// <summary>Whether there is a here-document, which the classic builder does not support.</summary>
    public bool HasHereDocument { get; private set; }

    public static DockerfileLines Read(string text)
    {
        var lines = new DockerfileLines(text);
        lines._next = text.StartsWith("\uFEFF", StringComparison.Ordinal) ? 1 : 0;
        var (syntax, escape) = DockerfileDirectives.Read(text.Substring(lines._next));
        lines.Syntax = syntax;
        var instructions = new List<DockerfileInstruction>();
        while (lines.Take(escape) is { } instruction)
        {
            if (instruction.Text.Length == 0)
                continue;
            instructions.Add(instruction);
            foreach (var document in instruction.HereDocuments)
                lines.SkipDocument(document.End, document.CutsTabs);
        }

        lines.Instructions = instructions;
        return lines;
    }

    /// <summary>The next instruction, with an empty text for a comment or an empty line; null at the end.</summary>
    private DockerfileInstruction? Take(char escape)
    {
        var text = new StringBuilder();
        var places = new List<int>();
        var first = 0;
        while (NextLine() is { } line)
        {
            var trimmed = line.Text.TrimStart();
            if (trimmed.Length == 0 || trimmed[0] == '#')
            {
                // Comments and empty lines do not end a continued instruction.
                if (first == 0)
                    return new DockerfileInstruction("", _line, [], escape);
                continue;
            }

            var start = first == 0 ? line.Text.Length - trimmed.Length : 0;
            if (first == 0)
                first = _line;
            var end = line.Text.TrimEnd(' ', '\t').Length;
            var continues = end > 0 && line.Text[end - 1] == escape && (end < 2 || line.Text[end - 2] != escape);
            var length = continues ? end - 1 : line.Text.Length;
            text.Append(line.Text, start, Math.Max(0, length - start));
            places.AddRange(Enumerable.Range(line.Start + start, Math.Max(0, length - start)));
            if (!continues)
                break;
        }

        return first == 0 ? null : new DockerfileInstruction(text.ToString(), first, places, escape);
    }

    private void SkipDocument(string end, bool cutsTabs)
    {
        HasHereDocument = true;
        while (NextLine() is { } line && (cutsTabs ? line.Text.TrimStart('\t') : line.Text) != end)
        {
        }
    }

    /// <summary>The next line without its line end, and the index of its beginning; null at the end of the text.</summary>
    private (string Text, int Start)? NextLine()
    {
        if (_next >= _text.Length)
            return null;
        var start = _next;
        var end = _text.IndexOf('\n', start);
        _next = end < 0 ? _text.Length : end + 1;
        _line++;
        return (_text.Substring(start, (end < 0 ? _text.Length : end) - start).TrimEnd('\r'), start);
    }
}
