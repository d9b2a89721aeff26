using System.Text.RegularExpressions;

namespace Compose.Images.Build;

/// <summary>Checks the syntax of .dockerignore patterns as docker does.</summary>
internal static class IgnorePattern
{
    /// <summary>A character class has at least one character or range; - and ] are literal only after a backslash.</summary>
    private static readonly Regex Syntax = new(
        @"^(?:[^\\\[]|\\.|\[(?>\^?)(?:(?:[^\\\]-]|\\.)(?:-(?:[^\\\]-]|\\.))?)+\])*$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture);
    private static readonly Regex Range = new(@"\\?(?<from>[^\\\[^-])-\\?(?<to>[^\\\]-])", RegexOptions.CultureInvariant);
    private static readonly Regex Class = new(@"(?<!\\)\[(?:[^\\\]]|\\.)*\]", RegexOptions.CultureInvariant);

    public static bool IsWellFormed(string pattern) =>
        Syntax.IsMatch(pattern) && !Class.Matches(pattern).Cast<Match>().Any(HasBackwardRange);

    private static bool HasBackwardRange(Match characters) =>
        Range.Matches(characters.Value).Cast<Match>().Any(range => range.Groups["from"].Value[0] > range.Groups["to"].Value[0]);
}
