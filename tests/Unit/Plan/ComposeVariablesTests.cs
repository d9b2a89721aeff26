using Compose.Errors;
using Compose.Execute.Session;
using Compose.Plan.Input;

namespace Compose.Tests.Plan;

/// <summary>The variables that change what compose does.</summary>
public class ComposeVariablesTests
{
    private const string Web = "services:\n  web:\n    image: busybox\n    scale: 2\n";

    [Fact]
    public void Compatibility_names_with_underscores() =>
        Assert.Contains("as demo_web_2", With("COMPOSE_COMPATIBILITY", "true").Images("busybox").Up().Text);

    [Fact]
    public void Orphans_are_removed_without_being_asked() =>
        Assert.Contains("Remove service:old:1", With("COMPOSE_REMOVE_ORPHANS", "1").Running().Container("old").Up().Text);

    [Fact]
    public void Orphans_are_passed_over_in_silence() =>
        Assert.True(
            With("COMPOSE_IGNORE_ORPHANS", "yes").Running().Container("old").Up() is { IsEmpty: true, Warnings.Count: 0 });

    [Fact]
    public void Removing_and_ignoring_contradict_each_other() =>
        Assert.Equal("OrphansContradict", Assert.Throws<ComposeException>(
        () => With("COMPOSE_IGNORE_ORPHANS", "true").Running().Up(new UpOptions { RemoveOrphans = true })).Info.Id);

    [Theory]
    [InlineData("", 16)]
    [InlineData("3", 3)]
    [InlineData("-1", int.MaxValue)]
    public void Parallel_steps_are_bounded(string value, int limit) => Assert.Equal(limit, Session(value).ParallelLimit());

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public void What_is_no_bound_is_refused(string value) =>
        Assert.Equal("InvalidParallelLimit", Assert.Throws<ComposeException>(() => Session(value).ParallelLimit()).Info.Id);

    [Theory]
    [InlineData("", null, 60)]
    [InlineData("90", null, 90)]
    [InlineData("0", null, 0)]
    [InlineData("1.5", null, 1.5)]
    [InlineData("90", 5, 5)]
    [InlineData("90", 0, 0)]
    public void An_engine_is_waited_for_as_long_as_the_parameter_or_the_variable_says(
        string variable, int? parameter, double seconds)
    {
        var session = With(variable) with { EngineTimeout = parameter is { } given ? TimeSpan.FromSeconds(given) : null };

        Assert.Equal(TimeSpan.FromSeconds(seconds), session.Endpoint().Timeout);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    public void What_is_no_time_is_refused(string variable) =>
        Assert.Equal("InvalidEngineTimeout", Assert.Throws<ComposeException>(() => With(variable).Endpoint()).Info.Id);

    private static SessionRequest With(string timeout) =>
        new()
        {
            Environment = new Dictionary<string, string> { ["COMPOSE_ENGINE_TIMEOUT"] = timeout },
            HomeDirectory = "/nonexistent",
        };

    private static SessionRequest Session(string limit) =>
        new()
        {
            Environment = new Dictionary<string, string> { ["COMPOSE_PARALLEL_LIMIT"] = limit },
            HomeDirectory = "/nonexistent",
        };

    private static Situation With(string variable, string value) =>
        new(Web, new Dictionary<string, string> { [variable] = value });
}
