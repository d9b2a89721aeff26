using System.Diagnostics;

/// <summary>Newer members of file system types that tests use.</summary>
internal static class FileSystemMembers
{
    extension(Directory)
    {
        public static DirectoryInfo CreateTempSubdirectory(string prefix) =>
            Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), prefix + Guid.NewGuid().ToString("N")));
    }

    extension(File)
    {
        public static void CreateSymbolicLink(string path, string target) => Link(path, target);

        public static Task<string> ReadAllTextAsync(string path) => Task.FromResult(File.ReadAllText(path));

        public static Task<string[]> ReadAllLinesAsync(string path) => Task.FromResult(File.ReadAllLines(path));

        public static Task<byte[]> ReadAllBytesAsync(string path) => Task.FromResult(File.ReadAllBytes(path));

        public static Task WriteAllBytesAsync(string path, byte[] octets)
        {
            File.WriteAllBytes(path, octets);
            return Task.CompletedTask;
        }

        public static Task WriteAllTextAsync(string path, string text)
        {
            File.WriteAllText(path, text);
            return Task.CompletedTask;
        }
    }

    extension(OperatingSystem)
    {
        public static bool IsWindows() => Path.DirectorySeparatorChar == '\\';

        public static bool IsLinux() => !OperatingSystem.IsWindows();
    }

    extension(Path)
    {
        public static string GetRelativePath(string relativeTo, string path)
        {
            var from = Path.GetFullPath(relativeTo).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            return path.StartsWith(from, StringComparison.Ordinal)
                ? path.Substring(from.Length)
                : throw new NotSupportedException($"'{path}' is not in '{relativeTo}'.");
        }

        public static string Join(string first, string second) => Path.Combine(first, second);
    }

    internal static void Link(string path, string target)
    {
        using var process = Process.Start("ln", $"-s \"{target}\" \"{path}\"");
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new IOException($"'{path}' could not be linked.");
    }
}

/// <summary>Members under a name that two types share.</summary>
internal static class DirectoryMembers
{
    extension(Directory)
    {
        public static void CreateSymbolicLink(string path, string target) => FileSystemMembers.Link(path, target);
    }
}
