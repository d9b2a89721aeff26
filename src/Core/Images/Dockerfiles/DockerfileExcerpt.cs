using System.Text.RegularExpressions;
using Compose.Files.Reading;
using Compose.Images.Build;

namespace Compose.Images.Dockerfiles;

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

    /// <summary>BuildKit puts the first line of a document, in brackets, after the instruction it belongs to.</summary>
    private static bool IsStep(DockerfileInstruction instruction, string step)
    {
        var text = Normal(instruction.Text);
        return string.Equals(text, step, StringComparison.OrdinalIgnoreCase)
            || (step.StartsWith(text + " (", StringComparison.OrdinalIgnoreCase) && instruction.HereDocuments.Any());
    }

    private static string Normal(string text) => Blanks.Replace(text, " ").Trim();
}
