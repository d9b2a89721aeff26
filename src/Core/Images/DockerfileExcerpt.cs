using System.Text.RegularExpressions;
using Compose.Files;

namespace Compose.Images;

/// <summary>The line of a Dockerfile that a step of a build is made of.</summary>
/// <param name="Place">File, line and column; of an inline Dockerfile, the service's and the line in it.</param>
/// <param name="Text">The line with its number.</param>
internal sealed record DockerfileExcerpt(string Place, string Text)
{
    /// <summary>What a builder puts before the instruction: <c>[stage 2/3] </c>, <c>Step 2/3 : </c>.</summary>
    private static readonly Regex Counted = new(@"^(?:\[[^\]]*\] |Step \d+/\d+ : )", RegexOptions.CultureInvariant);
    private static readonly Regex Blanks = new(@"[\s\\]+", RegexOptions.CultureInvariant);

    /// <summary>Null where no line, or more than one, is the step's: a wrong line is worse than none.</summary>
    public static DockerfileExcerpt? Find(BuildRequest request, string step)
    {
        var file = request.DockerfilePath;
        if ((request.Build.DockerfileInline ?? (file is not null && File.Exists(file) ? SourceFile.TryRead(file, out _) : null)) is not { } text)
            return null;
        var wanted = Normal(Counted.Replace(step, ""));
        var lines = text.Split('\n');
        var found = Enumerable.Range(0, lines.Length).Where(index => wanted.Length > 0 && Begins(lines, index, wanted)).ToList();
        if (found.Count != 1)
            return null;
        var number = found[0] + 1;
        return new DockerfileExcerpt(request.PlaceOf(number), $"{number,4} | {lines[found[0]].Trim()}");
    }

    /// <summary>Whether an instruction begins in this line: the line itself, or with those that continue it.</summary>
    private static bool Begins(string[] lines, int index, string wanted)
    {
        var text = lines[index].Trim();
        while (text.EndsWith("\\", StringComparison.Ordinal) && ++index < lines.Length)
            text += " " + lines[index].Trim();
        return string.Equals(Normal(text), wanted, StringComparison.OrdinalIgnoreCase);
    }

    private static string Normal(string text) => Blanks.Replace(text, " ").Trim();
}
