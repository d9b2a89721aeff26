namespace Compose.Files.Canonical;

/// <summary>Casts fractions to whole numbers; a cast of C# turns what is too large into any number.</summary>
internal static class WholeNumber
{
    private const double Limit = 9_223_372_036_854_775_808d;

    /// <summary>The number without its fraction; null where it is none, or too large for 64 bits.</summary>
    public static object? Of(double number) => number is >= -Limit and < Limit ? (long)number : null;
}
