using System.Management.Automation;
using Compose.Errors;

namespace Compose.Module.Common;

/// <summary>A cmdlet that takes paths as PowerShell users expect: drives and ~, file system only; a wildcard must mean one file.</summary>
public abstract class PathCommand : ComposeCommand
{
    /// <summary>The absolute files in the given order, or null with the error written.</summary>
    private protected IReadOnlyList<string>? ResolveFiles(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (ResolveFile(path) is not { } file)
                return null;
            files.Add(file);
        }

        return files;
    }

    private protected string ResolveLiteral(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    private string? ResolveFile(string path)
    {
        // Standard input, as everywhere.
        if (path == "-")
            return path;
        var literal = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem")
            return Refuse(ModuleErrors.NotFileSystemPath, $"'{path}' is not a path of the file system.", path);
        if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(literal))
            return literal;
        var matches = Matches(path);
        return matches.Count switch
        {
            1 => matches[0],
            0 => Refuse(ModuleErrors.NoFile, $"No file matches '{path}'.", path),
            _ => Refuse(ModuleErrors.AmbiguousPath, $"'{path}' matches {matches.Count} files, whose order is not known.", path),
        };
    }

    private IReadOnlyList<string> Matches(string path)
    {
        try
        {
            return [.. GetResolvedProviderPathFromPSPath(path, out _)];
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
    }

    private string? Refuse(ErrorDefinition definition, string message, string target)
    {
        WriteError(ErrorRecords.From(definition.Info(message, target)));
        return null;
    }
}
