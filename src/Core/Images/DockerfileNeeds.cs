using System.Text.RegularExpressions;

namespace Compose.Images;

/// <summary>What a Dockerfile asks of its builder and of its context.</summary>
internal sealed class DockerfileNeeds
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private static readonly Regex NewerFlag = new(@"^RUN\s+--|^ARG\s+(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)\b|^FROM\s+--platform=\S*\$|^(?:COPY|ADD)\s+(?:--\S+\s+)*--(?:chmod|link|parents|exclude|checksum|keep-git-dir|unpack)\b", Options);
    private static readonly Regex Copy = new(@"^(?:COPY|ADD)\s+((?:--\S+\s+)*)(.+)$", Options);
    private static readonly Regex Mounts = new(@"^RUN\s+((?:--\S+\s+)+)", Options);
    private static readonly Regex Mount = new(@"--mount=(\S+)", Options);
    private static readonly Regex Quoted = new("\"([^\"]*)\"", RegexOptions.CultureInvariant);
    private readonly List<string> _copied = [];

    private DockerfileNeeds()
    {
    }

    /// <summary>Whether the classic builder would refuse it.</summary>
    public bool BuildKit { get; private set; }

    public static DockerfileNeeds Of(string dockerfile)
    {
        var needs = new DockerfileNeeds();
        var lines = new DockerfileLines(dockerfile);
        foreach (var line in lines.Read())
        {
            needs.BuildKit |= NewerFlag.IsMatch(line);
            needs._copied.AddRange(Copied(line).Concat(Mounted(line)));
        }

        needs.BuildKit |= lines.HasHereDocument;
        return needs;
    }

    /// <summary>Whether a file of the context may be among what is copied or mounted.</summary>
    /// <param name="file">Its path in the context, with forward slashes.</param>
    public bool Takes(string file) => _copied.Any(source =>
        source.IndexOf('$') >= 0 || source.TrimStart('.', '/').Length == 0 || new DockerIgnore(source.TrimStart('!', '#')).Ignores(file));

    private static IEnumerable<string> Copied(string line)
    {
        if (Copy.Match(line) is not { Success: true } copy || copy.Groups[1].Value.IndexOf("--from=", StringComparison.OrdinalIgnoreCase) >= 0)
            return [];
        var rest = copy.Groups[2].Value.Trim();
        var words = rest[0] == '['
            ? Quoted.Matches(rest).Cast<Match>().Select(word => word.Groups[1].Value).ToList()
            : [.. rest.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)];
        return words.Take(words.Count - 1).Where(word => !word.StartsWith("<<", StringComparison.Ordinal));
    }

    /// <summary>What RUN binds of the context: all of it where no source is named.</summary>
    private static IEnumerable<string> Mounted(string line) =>
        from Match mount in Mount.Matches(Mounts.Match(line).Groups[1].Value)
        let options = mount.Groups[1].Value.Split(',').Select(option => option.Split(['='], 2)).ToList()
        where !options.Any(option => option[0] == "from") && options.All(option => option[0] != "type" || option[option.Length - 1] == "bind")
        select options.Where(option => option[0] is "source" or "src").Select(option => option[option.Length - 1]).FirstOrDefault() ?? ".";
}
