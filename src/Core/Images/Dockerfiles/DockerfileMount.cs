namespace Compose.Images.Dockerfiles;

/// <summary>A <c>--mount</c> of a RUN.</summary>
/// <param name="Options">The options without quotes; one without a value is <c>true</c>.</param>
/// <param name="From">The value of the option <c>from</c>, as written, or null.</param>
internal sealed record DockerfileMount(IReadOnlyDictionary<string, string> Options, DockerfileWord? From)
{
    public const string Flag = "--mount=";

    public string Type => Option("type") ?? "bind";

    public bool NeedsSession => Type is "secret" or "ssh";

    /// <summary>Whether the build fails if it has no such secret or agent.</summary>
    public bool IsRequired =>
        Option("required") is { } value && value != "0" && !string.Equals(value, "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>The id of the secret or ssh agent.</summary>
    public string Id => Type == "ssh"
        ? Option("id") ?? "default"
        : Option("source") ?? Option("src") ?? Option("id") ?? Path.GetFileName(Target);

    private string Target => Option("target") ?? Option("dst") ?? Option("destination") ?? "";

    public string? Option(string name) => Options.TryGetValue(name, out var value) ? value : null;

    public static DockerfileMount Parse(DockerfileWord flag, char escape)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        DockerfileWord? from = null;
        var start = Flag.Length;
        foreach (var part in flag.Text.Substring(Flag.Length).Split(','))
        {
            var equals = part.IndexOf('=');
            var key = new DockerfileWord(equals < 0 ? part : part.Substring(0, equals), 0);
            var name = key.Plain(escape).Trim().ToLowerInvariant();
            options[name] = equals < 0 ? "true" : new DockerfileWord(part.Substring(equals + 1), 0).Plain(escape);
            if (name == "from" && equals >= 0 && equals + 1 < part.Length)
                from = new DockerfileWord(part.Substring(equals + 1), flag.Start + start + equals + 1);
            start += part.Length + 1;
        }

        return new DockerfileMount(options, from);
    }
}
