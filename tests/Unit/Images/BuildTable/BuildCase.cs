namespace Compose.Tests.Images.BuildTable;

/// <summary>One build of the table: a Dockerfile for the shared context, and other attributes of the build section.</summary>
internal sealed record BuildCase(string Name, IReadOnlyList<string> Marks)
{
    private readonly List<string> _dockerfile = [];
    private readonly List<string> _attributes = [];
    private readonly List<(string Path, List<string> Lines)> _files = [];

    /// <summary>Whether a builder refuses the build. All engines before 23 refuse newer features.</summary>
    public bool IsRefusedBy(string builder, bool olderEngine) => new[] { "refused", "refused-" + builder }.Any(Marks.Contains)
        || (olderEngine && new[] { "newer", "newer-" + builder }.Any(Marks.Contains));

    /// <summary>Whether only BuildKit builds it.</summary>
    public bool IsForBuildKit => Marks.Contains("buildkit");

    /// <summary>
    /// Reads the table. A case begins with "=== name marks"; "% " adds a line to the build section, "> path" begins a file, "| "
    /// is a line of that file, and all other lines are the Dockerfile.
    /// </summary>
    public static IReadOnlyList<BuildCase> Read(string file)
    {
        var cases = new List<BuildCase>();
        foreach (var line in File.ReadAllLines(file))
        {
            var current = cases.LastOrDefault();
            if (line.StartsWith("=== ", StringComparison.Ordinal))
                cases.Add(new BuildCase(line.Split(' ')[1], line.Split(' ')[2..]));
            else if (line.StartsWith("% ", StringComparison.Ordinal))
                current!._attributes.Add(line[2..]);
            else if (line.StartsWith("> ", StringComparison.Ordinal))
                current!._files.Add((line[2..], []));
            else if (line.StartsWith("| ", StringComparison.Ordinal))
                current!._files[^1].Lines.Add(line[2..]);
            else
                current?._dockerfile.Add(line);
        }

        return cases;
    }

    /// <summary>Creates the context in a folder. Returns the service that builds it.</summary>
    public string Write(string folder)
    {
        var context = Path.Combine(folder, Name);
        Put("a", "a\n");
        Put("b.txt", "b\n");
        Put("dir/x", "x\n");
        Put("dir/y.md", "y\n");
        Put("dir/sub/z", "z\n");
        Put("with space", "s\n");
        Put(".hidden", "h\n");
        Put("run.sh", "#!/bin/sh\necho run\n");
        SetMode(Path.Combine(context, "run.sh"), 0x1ED);
        File.CreateSymbolicLink(Path.Combine(context, "link"), "a");
        if (_dockerfile.Any(line => line.Length > 0))
        {
            var mark = Marks.Contains("bom") ? "\uFEFF" : "";
            Put("Dockerfile", mark + string.Concat(_dockerfile.Select(line => line + (Marks.Contains("crlf") ? "\r\n" : "\n"))));
        }

        foreach (var file in _files)
            Put(file.Path, string.Concat(file.Lines.Select(line => line + "\n")));
        return $"  {Name}:\n    build:\n      context: {context}\n" + string.Concat(
            _attributes.Select(attribute => $"      {attribute}\n"));

        void Put(string path, string text)
        {
            var full = Path.Combine(context, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
            SetMode(full, 0x1A4);
        }
    }

    private static void SetMode(string file, int mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)mode);
    }
}
