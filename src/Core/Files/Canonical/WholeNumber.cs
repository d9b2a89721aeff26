namespace Compose.Files.Canonical;

/// <summary>Casts floating-point numbers to integers with a range check: C#'s cast is undefined beyond 64 bits.</summary>
internal static class WholeNumber
{
    private const double Limit = 9_223_372_036_854_775_808d;

    /// <summary>The number without its fraction; null for NaN or a number beyond 64 bits.</summary>
    public static object? Of(double number) => number is >= -Limit and < Limit ? (long)number : null;
}
