using Compose.Errors;
using Compose.Files.Checks;
using Compose.Yaml;

namespace Compose.Files.Reading;

/// <summary>Reads a compose file into its YAML documents, and checks that the top level of each is a mapping.</summary>
internal sealed class FileReader(DiagnosticBag diagnostics, Func<Stream>? standardInput, DocumentCache? cache = null)
{
    public const string StandardInput = "-";

    /// <summary>The most files in a project: includes can multiply a small project without limit.</summary>
    private const int MaxFiles = 1_000;

    /// <summary>The most documents in a project: each is merged with all before it, so the cost grows with the square.</summary>
    private const int MaxDocuments = 1_000;
    private int _files;
    private int _documents;

    /// <summary>The non-empty documents of a file; none, with diagnostics, if it cannot be read.</summary>
    /// <param name="path">The file's path, or "-".</param>
    /// <param name="layer">The layer to record in its nodes.</param>
    /// <param name="place">The node of another file that names this one; null for the project's own files.</param>
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
                problem.EndColumn, advice: problem.Advice);
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

    /// <summary>An empty document comes from a '---' line with nothing after it, so the advice names that line.</summary>
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
