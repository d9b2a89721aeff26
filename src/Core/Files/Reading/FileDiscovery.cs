using Compose.Errors;
using Compose.Files.Checks;

namespace Compose.Files.Reading;

/// <summary>
/// Finds the compose files: those of -Path, else of COMPOSE_FILE, else the first in the current directory or its parents, with
/// its override file.
/// </summary>
internal sealed class FileDiscovery(LoadRequest request, Func<string, string?> variable, DiagnosticBag diagnostics)
{
    private static readonly string[] Names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
    private static readonly string[] OverrideNames =
        ["compose.override.yaml", "compose.override.yml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    private const string SystemDirectoryAdvice = "Name the files with -Path, or give the task a working directory ('Start in').";

    /// <summary>Absolute paths, base first, or "-". Empty, with a diagnostic, when there is no file.</summary>
    public IReadOnlyList<string> Find()
    {
        if (request.Paths.Count > 0)
            return Existing(request.Paths);
        if (variable("COMPOSE_FILE") is { Length: > 0 } listed)
            return Existing(
                listed.Split(
                    [variable("COMPOSE_PATH_SEPARATOR") is { Length: > 0 } separator ? separator : request.Windows ? ";" : ":"],
                    StringSplitOptions.RemoveEmptyEntries));
        return Search();
    }

    private List<string> Existing(IReadOnlyList<string> paths)
    {
        var found = new List<string>();
        foreach (var path in paths)
        {
            var full = path == "-" ? path : FullPath.Of(request.WorkingDirectory, path);
            if (full is null)
                diagnostics.Add(DiagnosticSeverity.Error, FileErrors.InvalidPath, $"'{path}' is not a path.", null,
                    advice: "Name a file with -Path or COMPOSE_FILE.");
            else if (path == "-" || SourceFile.Exists(full))
                found.Add(full);
            else if (Directory.Exists(full))
                diagnostics.Add(
                    DiagnosticSeverity.Error, FileErrors.IsDirectory, $"'{full}' is a directory, not a compose file.", full,
                    advice: "Name the file in it.");
            else
                diagnostics.Add(DiagnosticSeverity.Error, FileErrors.NoFile, $"There is no file '{full}'.", full);
        }

        return found;
    }

    private List<string> Search()
    {
        var start = FullPath.Of(request.WorkingDirectory, request.ProjectDirectory ?? "") ?? request.WorkingDirectory;
        for (var directory = start; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            var candidates = Names.Select(name => Path.Combine(directory, name)).Where(SourceFile.Exists).ToList();
            if (candidates.Count == 0)
                continue;
            if (candidates.Count > 1)
                diagnostics.Add(
                    DiagnosticSeverity.Warning, FileErrors.SeveralFiles,
                    $"There are several compose files in {directory}; {Path.GetFileName(candidates[0])} is used.", candidates[0]);
            if (InSystemDirectory(directory))
                diagnostics.Add(
                    DiagnosticSeverity.Warning, FileErrors.InSystemDirectory,
                    $"The project is read from {directory}, which belongs to Windows; tasks and services begin there.",
                    candidates[0], advice: SystemDirectoryAdvice);
            var files = new List<string> { candidates[0] };
            files.AddRange(OverrideNames.Select(name => Path.Combine(directory, name)).Where(SourceFile.Exists).Take(1));
            return files;
        }

        if (InSystemDirectory(request.ProjectDirectory ?? request.WorkingDirectory))
        {
            diagnostics.Add(DiagnosticSeverity.Error, FileErrors.InSystemDirectory,
                $"There is no compose file in {request.WorkingDirectory}, where Windows begins tasks and services that name no "
                    + "directory of their own.",
                null, advice: SystemDirectoryAdvice);
            return [];
        }

        diagnostics.Add(DiagnosticSeverity.Error, FileErrors.NoFile,
            $"There is no compose file in {request.WorkingDirectory} or above.", null,
            advice: "Name one with -Path, or change to the project's directory.");
        return [];
    }

    /// <summary>
    /// Whether a directory is in %SystemRoot%. Scheduled tasks and services start in System32 (SysWOW64 if 32-bit) by default.
    /// </summary>
    private bool InSystemDirectory(string directory) =>
        request.Windows && variable("SystemRoot") is { Length: > 0 } root
        && (Slashed(directory) + "/").StartsWith(Slashed(root) + "/", StringComparison.OrdinalIgnoreCase);

    private static string Slashed(string path) => path.Replace('\\', '/').TrimEnd('/');
}
