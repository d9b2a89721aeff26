namespace Compose.Engine.Programs;

/// <summary>
/// Finds a program on PATH only: a cloned repository may contain a file called docker, so neither the current directory nor a
/// relative entry of PATH is searched.
/// </summary>
/// <param name="Path">The value of PATH.</param>
/// <param name="Extensions">The value of PATHEXT on Windows; null elsewhere.</param>
/// <param name="IsProgram">Whether a path is an executable file.</param>
internal sealed record ProgramPath(string? Path, string? Extensions, Func<string, bool> IsProgram)
{
    private const string DefaultExtensions = ".COM;.EXE;.BAT;.CMD";
    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>The search path in a set of environment variables.</summary>
    public static ProgramPath Of(IDictionary<string, string?> variables)
    {
        var windows = System.IO.Path.DirectorySeparatorChar == '\\';
        return new(Value("PATH"), windows ? Value("PATHEXT") ?? DefaultExtensions : null, windows ? File.Exists : IsExecutable);

        string? Value(string name) => variables.TryGetValue(name, out var value) && value is { Length: > 0 } ? value : null;
    }

    /// <summary>
    /// The absolute path of a program; null when PATH has no program of that name. An absolute path is returned as it is.
    /// </summary>
    public string? Find(string name)
    {
        if (name.Length == 0)
            return null;
        if (IsAbsolute(name))
            return name;
        if (IsPath(name))
            return null;
        var candidates = Folders().SelectMany(folder => Names(name).Select(file => Join(folder, file)));
        return candidates.FirstOrDefault(IsProgram);
    }

    /// <summary>Whether a program is given as a path, not only as a file name.</summary>
    public static bool IsPath(string name) => name.IndexOfAny(Separators) >= 0 || name.IndexOf(':') >= 0;

    /// <summary>
    /// No batch files: cmd.exe interprets their arguments, and would run commands that a compose file puts into one.
    /// </summary>
    private static readonly string[] ProgramExtensions = [".com", ".exe"];

    private bool Windows => Extensions is not null;

    private IEnumerable<string> Folders() =>
        (Path ?? "").Split(Windows ? ';' : ':').Select(folder => Windows ? folder.Trim('"') : folder).Where(IsAbsolute);

    private IEnumerable<string> Names(string name)
    {
        if (!Windows)
            return [name];
        var extensions = Extensions!.Split(';').Where(IsProgramExtension).ToList();
        var isComplete = extensions.Exists(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
        return isComplete ? [name] : extensions.Select(extension => name + extension);
    }

    private static bool IsProgramExtension(string extension) =>
        ProgramExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase);

    /// <summary>On Windows, a path without drive or server depends on the current directory's drive.</summary>
    private bool IsAbsolute(string path)
    {
        if (!Windows)
            return path.Length > 0 && path[0] == '/';
        var hasDrive = path.Length > 2 && path[1] == ':' && Separators.Contains(path[2]);
        return hasDrive || path.StartsWith(@"\\", StringComparison.Ordinal);
    }

    private string Join(string folder, string file) => folder.TrimEnd(Separators) + (Windows ? '\\' : '/') + file;

    private static bool IsExecutable(string file)
    {
#if NET
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & execute) != 0);
#else
        return File.Exists(file);
#endif
    }
}
