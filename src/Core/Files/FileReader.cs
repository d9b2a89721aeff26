using Compose.Errors;
using Compose.Yaml;

namespace Compose.Files;

/// <summary>Reads one compose file into raw documents: decoded, parsed, its top level a mapping.</summary>
internal sealed class FileReader(DiagnosticBag diagnostics, Func<Stream>? standardInput)
{
    public const string StandardInput = "-";

    /// <summary>The documents, empty when the file cannot be used.</summary>
    public IReadOnlyList<YamlMapping> Read(string path, OriginLayer layer)
    {
        if (ReadText(path) is not { } text)
            return [];
        diagnostics.Remember(path, text);
        var parsed = YamlReader.Read(text, path, (int)layer);
        foreach (var problem in parsed.Problems)
            diagnostics.Add(DiagnosticSeverity.Error, FileErrors.Malformed, problem.Message, path, problem.Line, problem.Column, problem.EndColumn);
        var documents = new List<YamlMapping>();
        foreach (var document in parsed.Documents)
        {
            if (document is YamlMapping mapping)
                documents.Add(mapping);
            else if (document is not YamlScalar { IsNull: true })
                diagnostics.Error(FileErrors.WrongType, "The top level of a compose file must be a mapping.", document);
        }

        if (documents.Count == 0 && parsed.Problems.Count == 0 && !diagnostics.HasErrors)
            diagnostics.Add(DiagnosticSeverity.Error, FileErrors.Empty, "The compose file is empty.", path, 1, 1, 2, advice: "It needs at least 'services:' and one service.");
        return documents;
    }

    private string? ReadText(string path)
    {
        try
        {
            if (path != StandardInput)
                return SourceFile.Read(path);
            if (standardInput is null)
                return null;
            using var input = standardInput();
            return SourceFile.Read(input);
        }
        catch (FileNotFoundException)
        {
            diagnostics.Add(DiagnosticSeverity.Error, FileErrors.NoFile, $"There is no file '{path}'.", path);
        }
        catch (DirectoryNotFoundException)
        {
            diagnostics.Add(DiagnosticSeverity.Error, FileErrors.NoFile, $"There is no file '{path}'.", path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Text.DecoderFallbackException)
        {
            diagnostics.Add(DiagnosticSeverity.Error, FileErrors.Unreadable, $"'{path}' cannot be read: {exception.Message}", path);
        }

        return null;
    }
}
