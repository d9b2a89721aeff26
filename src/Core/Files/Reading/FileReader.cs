using Compose.Errors;
using Compose.Files.Checks;
using Compose.Yaml;

namespace Compose.Files.Reading;

/// <summary>Reads one compose file into raw documents: decoded, parsed, its top level a mapping.</summary>
internal sealed class FileReader(DiagnosticBag diagnostics, Func<Stream>? standardInput, DocumentCache? cache = null)
{
    public const string StandardInput = "-";

    /// <summary>Files of one project: includes that include one another many times end here.</summary>
    private const int MaxFiles = 1_000;

    /// <summary>Each document is merged over all before it, so their number counts twice.</summary>
    private const int MaxDocuments = 1_000;
    private int _files;
    private int _documents;

    /// <summary>The documents that say something: none where the file has no content, or cannot be used.</summary>
    /// <param name="path">The file, or "-".</param>
    /// <param name="layer">The layer its nodes carry.</param>
    /// <param name="place">Where another file names this one, or null.</param>
    public IReadOnlyList<YamlMapping> Read(string path, OriginLayer layer, YamlNode? place = null)
    {
        if (++_files > MaxFiles)
        {
            diagnostics.Error(FileErrors.TooManyFiles, $"The project reads more than {MaxFiles} files.", place);
            return [];
        }

        if (ReadText(path, place) is not { } text)
            return [];
        diagnostics.Remember(path, text);
        var parsed = cache is null ? YamlReader.Read(text, path, (int)layer) : cache.Read(text, path, (int)layer);
        foreach (var problem in parsed.Problems)
            diagnostics.Add(
                DiagnosticSeverity.Error, FileErrors.Malformed, problem.Message, path, problem.Line, problem.Column,
                problem.EndColumn);
        var documents = new List<YamlMapping>();
        foreach (var document in parsed.Documents)
        {
            if (++_documents > MaxDocuments)
            {
                diagnostics.Error(FileErrors.TooManyFiles, $"The project has more than {MaxDocuments} documents.", document);
                break;
            }

            if (document is not YamlMapping mapping)
                ReportNoMapping(document);
            else if (mapping.Entries.Count > 0)
                documents.Add(mapping);
        }

        return documents;
    }

    /// <summary>A '---' line starts a document even if nothing follows; comments alone do not.</summary>
    private void ReportNoMapping(YamlNode document) => diagnostics.Error(
        FileErrors.WrongType,
        "The top level of a compose file must be a mapping.",
        document,
        advice: document is YamlScalar { IsNull: true } ? "Remove the '---' that nothing follows." : null);

    private string? ReadText(string path, YamlNode? place)
    {
        if (path != StandardInput && !SourceFile.Exists(path) && !Directory.Exists(path))
            return Fail(FileErrors.NoFile, $"There is no file '{path}'.");
        if (path == StandardInput && standardInput is null)
            return Fail(FileErrors.NoFile, "Nothing was given to read as standard input.");
        return (path == StandardInput
            ? SourceFile.TryRead(standardInput!, out var problem)
            : SourceFile.TryRead(path, out problem, passed: place is null))
            ?? Fail(FileErrors.Unreadable, $"'{path}' cannot be read: {problem}");

        string? Fail(string id, string message)
        {
            if (place is null)
                diagnostics.Add(DiagnosticSeverity.Error, id, message, path);
            else
                diagnostics.Error(id, message, place);
            return null;
        }
    }
}
