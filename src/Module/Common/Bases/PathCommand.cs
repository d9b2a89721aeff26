using System.Management.Automation;
using Compose.Errors;
using Compose.Module.Common.Output;

namespace Compose.Module.Common;

/// <summary>
/// A cmdlet that takes paths as PowerShell users expect: drives and ~, file system only; a wildcard must mean one file.
/// </summary>
public abstract class PathCommand : ComposeCommand
{
    private const string FileSystem = "FileSystem";

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

    /// <summary>The absolute path; one that is none of the file system ends the cmdlet.</summary>
    private protected string ResolveLiteral(string path)
    {
        var literal = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != FileSystem)
            ThrowTerminatingError(ErrorRecords.From(NotFileSystemPath(path)));
        return literal;
    }

    /// <summary>The absolute path, or null with the error written.</summary>
    private protected string? TryResolveLiteral(string path)
    {
        var literal = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name == FileSystem)
            return literal;
        WriteError(ErrorRecords.From(NotFileSystemPath(path)));
        return null;
    }

    private string? ResolveFile(string path)
    {
        // Standard input, as everywhere.
        if (path == "-")
            return path;
        if (TryResolveLiteral(path) is not { } literal)
            return null;
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

    private static ErrorInfo NotFileSystemPath(string path) =>
        ModuleErrors.NotFileSystemPath.Info($"'{path}' is not a path of the file system.", path);

    private string? Refuse(ErrorDefinition definition, string message, string target)
    {
        WriteError(ErrorRecords.From(definition.Info(message, target)));
        return null;
    }
}
