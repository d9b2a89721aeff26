using System.Text.RegularExpressions;
using Compose.Files.Reading;
using Compose.Images.Build;

namespace Compose.Images.Dockerfiles;

/// <summary>The line of a Dockerfile that a build step is from, for an error.</summary>
/// <param name="Place">The file, line and column; for an inline Dockerfile, the service's, and the line in it.</param>
/// <param name="Text">The line with its number.</param>
internal sealed record DockerfileExcerpt(string Place, string Text)
{
    /// <summary>The builder's prefix of a step's name: <c>[stage 2/3] </c>, <c>Step 2/3 : </c>.</summary>
    private static readonly Regex Counted = new(@"^(?:\[[^\]]*\] |Step \d+/\d+ : )", RegexOptions.CultureInvariant);
    private static readonly Regex Blanks = new(@"[\s\\]+", RegexOptions.CultureInvariant);

    /// <summary>Finds the line of a step; null if none or several match, because a wrong line is worse than none.</summary>
    public static DockerfileExcerpt? Find(BuildRequest request, string step)
    {
        var file = request.DockerfilePath;
        if ((request.Build.DockerfileInline
            ?? (file is not null && File.Exists(file) ? SourceFile.TryRead(file, out _) : null)) is not { } text)
            return null;
        var wanted = Normal(Counted.Replace(step, ""));
        var found = DockerfileLines.Read(text).Instructions.Where(instruction => IsStep(instruction, wanted)).ToList();
        if (found.Count != 1)
            return null;
        var number = found[0].Line;
        return new DockerfileExcerpt(request.PlaceOf(number), $"{number,4} | {text.Split('\n')[number - 1].Trim()}");
    }

    /// <summary>Whether a step is an instruction. BuildKit adds the first line of a here-document in parentheses.</summary>
    private static bool IsStep(DockerfileInstruction instruction, string step)
    {
        var text = Normal(instruction.Text);
        return string.Equals(text, step, StringComparison.OrdinalIgnoreCase)
            || (step.StartsWith(text + " (", StringComparison.OrdinalIgnoreCase) && instruction.HereDocuments.Any());
    }

    private static string Normal(string text) => Blanks.Replace(text, " ").Trim();
}
