using System.Management.Automation;
using Compose.Errors;
using Compose.Module.Common.Output;

namespace Compose.Module.Common;

/// <summary>
/// The base of cmdlets with path parameters: resolves PowerShell drives and ~, refuses paths of other providers, and accepts a
/// wildcard that matches one file.
/// </summary>
public abstract class PathCommand : ComposeCommand
{
    private const string FileSystem = "FileSystem";

    /// <summary>The absolute paths in the given order; null, with an error, if one cannot be resolved.</summary>
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

    /// <summary>The absolute path. A path of another provider is a terminating error.</summary>
    private protected string ResolveLiteral(string path)
    {
        var literal = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != FileSystem)
            ThrowTerminatingError(ErrorRecords.From(NotFileSystemPath(path)));
        return literal;
    }

    /// <summary>The absolute path; null, with an error, if it is a path of another provider.</summary>
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
        // Standard input.
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
