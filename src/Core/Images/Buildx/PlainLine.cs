using System.Text.RegularExpressions;

namespace Compose.Images.Buildx;

/// <summary>
/// A line of docker buildx with --progress plain: <c>#7 [2/3] RUN make</c>, <c>#7 0.123 output</c>, <c>#7 DONE 1.2s</c>.
/// </summary>
/// <param name="Step">The step's number.</param>
/// <param name="Name">The step's name, on its first line.</param>
/// <param name="Output">A line of the step's output.</param>
/// <param name="Completed">Whether the step has ended.</param>
/// <param name="Error">The reason why the step failed.</param>
internal sealed record PlainLine(
    string Step,
    string? Name = null,
    string? Output = null,
    bool Completed = false,
    string? Error = null)
{
    private static readonly Regex Syntax = new(
        @"^#(?<step>\d+) (?:(?<name>\[.*)|\d+\.\d+ (?<output>.*)|(?<end>DONE|CACHED)\b.*"
            + @"|(?<cancelled>CANCELED)|ERROR: (?<error>.*)|(?<other>.*))$",
        RegexOptions.CultureInvariant);

    /// <summary>Parses a line; null if it is not about a step.</summary>
    public static PlainLine? Parse(string line)
    {
        if (Syntax.Match(line) is not { Success: true } match)
            return null;
        var step = match.Groups["step"].Value;
        string? Value(string name) => match.Groups[name] is { Success: true } group ? group.Value : null;
        return (Value("output") ?? Value("other")) is { } output
            ? new PlainLine(step, Output: output)
            : new PlainLine(step, Value("name"), null, Value("name") is null, Value("error") ?? Value("cancelled"));
    }
}
