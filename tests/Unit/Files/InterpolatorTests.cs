using Compose.Files.Interpolation;

namespace Compose.Tests.Files;

/// <summary>The interpolation grammar, row by row.</summary>
public class InterpolatorTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["A"] = "1", ["EMPTY"] = "", ["lower"] = "l" };

    [Theory]
    [InlineData("$A", "1")]
    [InlineData("${A}", "1")]
    [InlineData("x${A}y$A", "x1y1")]
    [InlineData("${lower}", "l")]
    [InlineData("${EMPTY:-x}", "x")]
    [InlineData("${EMPTY-x}", "")]
    [InlineData("${UNSET-x}", "x")]
    [InlineData("${UNSET:-x}", "x")]
    [InlineData("${A:-x}", "1")]
    [InlineData("${A:+y}", "y")]
    [InlineData("${EMPTY:+y}", "")]
    [InlineData("${EMPTY+y}", "y")]
    [InlineData("${UNSET+y}", "")]
    [InlineData("${UNSET:-a}b}", "ab}")]
    [InlineData("${UNSET:-{x}}", "{x}")]
    [InlineData("${UNSET:-${B:-z}}", "z")]
    [InlineData("${A:-${UNSET:?boom}}", "1")]
    [InlineData("${A?no}", "1")]
    [InlineData("${EMPTY?no}", "")]
    [InlineData("$$A", "$A")]
    [InlineData("$${A}", "${A}")]
    [InlineData("$1", "$1")]
    [InlineData("$(cmd)", "$(cmd)")]
    [InlineData("a$", "a$")]
    [InlineData("${UNSET:-a:b?c}", "a:b?c")]
    [InlineData("${UNSET-}", "")]
    [InlineData("nothing", "nothing")]
    public void A_template_expands(string template, string expected)
    {
        Assert.Equal(expected, Expand(template, out var failure));
        Assert.Null(failure);
    }

    [Theory]
    [InlineData("${A b}", "BadInterpolation")]
    [InlineData("${1A}", "BadInterpolation")]
    [InlineData("${A", "BadInterpolation")]
    [InlineData("${A:=x}", "BadInterpolation")]
    [InlineData("${A/x/y}", "BadInterpolation")]
    [InlineData("${}", "BadInterpolation")]
    [InlineData("${UNSET?}", "MissingVariable")]
    [InlineData("${UNSET:?m}", "MissingVariable")]
    [InlineData("${EMPTY:?m}", "MissingVariable")]
    public void A_bad_template_is_told(string template, string id)
    {
        Assert.Null(Expand("xy" + template, out var failure));
        Assert.Equal((id, 2), (failure!.Id, failure.Offset));
    }

    [Fact]
    public void The_message_of_a_missing_variable_is_kept()
    {
        Expand("${UNSET:?set it to $A}", out var failure);

        Assert.Equal("The required variable 'UNSET' is missing a value: set it to 1", failure!.Message);
    }

    [Fact]
    public void Only_an_unset_variable_without_default_is_reported()
    {
        var unset = new List<string>();
        var interpolator = new Interpolator(Lookup) { OnUnset = unset.Add };

        interpolator.Expand("$A_b ${X} ${Y:-1} ${EMPTY}", out _);

        Assert.Equal(["A_b", "X"], unset);
    }

    private static string? Expand(string template, out Interpolator.Failure? failure) =>
        new Interpolator(Lookup).Expand(template, out failure);

    private static string? Lookup(string name) => Variables.TryGetValue(name, out var value) ? value : null;
}
