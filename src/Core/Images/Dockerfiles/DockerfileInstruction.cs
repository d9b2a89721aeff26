namespace Compose.Images.Dockerfiles;

/// <summary>An instruction of a Dockerfile, with continued lines joined.</summary>
/// <param name="Text">The instruction as one line.</param>
/// <param name="Line">The 1-based line of its beginning.</param>
/// <param name="Places">The index in the Dockerfile of each character of the text, so that words can be replaced.</param>
/// <param name="Escape">The escape character.</param>
internal sealed record DockerfileInstruction(string Text, int Line, IReadOnlyList<int> Places, char Escape)
{
    private readonly int _nameEnd = Text.TakeWhile(character => !char.IsWhiteSpace(character)).Count();

    /// <summary>The instruction's name in uppercase, such as FROM or RUN.</summary>
    public string Name => Text.Substring(0, _nameEnd).ToUpperInvariant();

    /// <summary>All words after the name, with flags. If a quote is not closed, the text is split at white space only.</summary>
    public IReadOnlyList<DockerfileWord> Words => DockerfileWord.Split(Text, _nameEnd, Escape) ?? Blanks();

    /// <summary>The flags, such as <c>--from=x</c>.</summary>
    public IReadOnlyList<DockerfileWord> Flags => [.. Words.TakeWhile(IsFlag)];

    /// <summary>The words after the flags.</summary>
    public IReadOnlyList<DockerfileWord> Values => [.. Words.SkipWhile(IsFlag)];

    /// <summary>The arguments after the flags in JSON form; null if they are plain words.</summary>
    public IReadOnlyList<string>? Array =>
        Values.Count > 0 && Values[0].Text[0] == '[' ? DockerfileArray.Read(Text.Substring(Values[0].Start)) : null;

    /// <summary>The instruction inside an ONBUILD; null for other instructions.</summary>
    public DockerfileInstruction? Trigger => Name != "ONBUILD" || Words.Count == 0 ? null
        : new DockerfileInstruction(Text.Substring(Words[0].Start), Line, [.. Places.Skip(Words[0].Start)], Escape);

    /// <summary>The here-documents of the instruction. Only RUN, COPY and ADD have them.</summary>
    public IEnumerable<(string End, bool CutsTabs)> HereDocuments => Trigger is { } trigger ? trigger.HereDocuments
        : Name is not ("RUN" or "COPY" or "ADD") || Array is not null ? []
        : (DockerfileWord.Split(Text, _nameEnd, '\\') ?? []).Select(word => word.HereDocument()).OfType<(string, bool)>();

    /// <summary>The value of a flag, as written, or null.</summary>
    public DockerfileWord? Flag(string name)
    {
        var start = $"--{name}=";
        foreach (var flag in Flags)
        {
            if (flag.Text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return new DockerfileWord(flag.Text.Substring(start.Length), flag.Start + start.Length);
        }

        return null;
    }

    /// <summary>The mounts of a RUN; empty for other instructions.</summary>
    public IEnumerable<DockerfileMount> Mounts => Name != "RUN" ? [] :
        from flag in Flags
        where flag.Text.StartsWith(DockerfileMount.Flag, StringComparison.OrdinalIgnoreCase)
        select DockerfileMount.Parse(flag, Escape);

    /// <summary>The index of a word in the Dockerfile; -1 if a line continuation splits it.</summary>
    public int PlaceOf(DockerfileWord word)
    {
        var place = Places[word.Start];
        return Places[word.Start + word.Text.Length - 1] == place + word.Text.Length - 1 ? place : -1;
    }

    private static bool IsFlag(DockerfileWord word) =>
        word.Text.StartsWith("--", StringComparison.Ordinal) && word.Text.Length > 2;

    private List<DockerfileWord> Blanks()
    {
        var words = new List<DockerfileWord>();
        for (var index = _nameEnd; index < Text.Length; index++)
        {
            if (char.IsWhiteSpace(Text[index]))
                continue;
            var length = Text.Skip(index).TakeWhile(character => !char.IsWhiteSpace(character)).Count();
            words.Add(new DockerfileWord(Text.Substring(index, length), index));
            index += length;
        }

        return words;
    }
}
