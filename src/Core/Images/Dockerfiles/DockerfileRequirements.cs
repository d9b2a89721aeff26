using System.Text.RegularExpressions;
using Compose.Images.Build;

namespace Compose.Images.Dockerfiles;

/// <summary>Finds what a Dockerfile needs: whether BuildKit must build it, and which files of the context it copies.</summary>
internal sealed class DockerfileRequirements
{
    private static readonly string[] NewerFlags =
    [
        "--chmod",
        "--link",
        "--parents",
        "--exclude",
        "--checksum",
        "--keep-git-dir",
        "--unpack",
    ];
    private readonly List<string> _copied = [];

    private DockerfileRequirements()
    {
    }

    /// <summary>Whether the classic builder would refuse the Dockerfile.</summary>
    public bool BuildKit { get; private set; }

    public static DockerfileRequirements Of(string dockerfile)
    {
        var needs = new DockerfileRequirements();
        var lines = DockerfileLines.Read(dockerfile);
        foreach (var instruction in lines.Instructions)
        {
            needs.BuildKit |= IsNewer(instruction);
            needs._copied.AddRange(Copied(instruction).Concat(Mounted(instruction.Mounts)));
        }

        needs.BuildKit |= lines.HasHereDocument;
        return needs;
    }

    /// <summary>Whether the Dockerfile may copy or mount a file of the context.</summary>
    /// <param name="file">The file's path in the context, with forward slashes.</param>
    public bool Takes(string file) => _copied.Any(source =>
        source.IndexOf('$') >= 0
            || source.TrimStart('.', '/').Length == 0
            || new DockerIgnore(source.TrimStart('!', '#')).Ignores(file));

    private static bool IsNewer(DockerfileInstruction instruction) => instruction.Name switch
    {
        "RUN" => instruction.Flags.Count > 0,
        "ARG" => instruction.Words.Any(word => PlatformArguments.Names.Contains(word.Text.Split('=')[0])),
        "FROM" => instruction.Words.Any(NamesPlatform) || instruction.Flag("platform")?.Text.IndexOf('$') >= 0,
        "COPY" or "ADD" => instruction.Flags.Any(flag => NewerFlags.Contains(flag.Text.Split('=')[0].ToLowerInvariant())),
        _ => false,
    };

    private static bool NamesPlatform(DockerfileWord word) =>
        PlatformArguments.Names.Any(name => Regex.IsMatch(word.Text, @"\$\{?" + name + @"\b"));

    private static IEnumerable<string> Copied(DockerfileInstruction instruction)
    {
        var copiesContext = instruction.Name is "COPY" or "ADD" && instruction.Flag("from") is null;
        if (!copiesContext || instruction.Values is not { Count: > 0 } values)
            return [];
        var words = instruction.Array
            ?? [.. values.Where(word => word.HereDocument() is null).Select(word => word.Plain(instruction.Escape))];
        return words.Take(words.Count - 1);
    }

    /// <summary>The paths of the context that RUN bind-mounts; the whole context if the mount has no source.</summary>
    private static IEnumerable<string> Mounted(IEnumerable<DockerfileMount> mounts) =>
        from mount in mounts
        where mount.From is null && mount.Type == "bind"
        select mount.Option("source") ?? mount.Option("src") ?? ".";
}
