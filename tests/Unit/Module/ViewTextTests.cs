using Compose.Module.Common;

namespace Compose.Tests.Module;

public class ViewTextTests
{
    [Theory]
    [InlineData(0L, "0 B")]
    [InlineData(999L, "999 B")]
    [InlineData(1000L, "1.00 kB")]
    [InlineData(9_999L, "10.0 kB")]
    [InlineData(123_456L, "123 kB")]
    [InlineData(1_240_000_000L, "1.24 GB")]
    [InlineData(null, "")]
    public void A_size_has_three_digits(long? bytes, string text) => Assert.Equal(text, ViewText.Size(bytes));

    [Theory]
    [InlineData(1023L, "1023 B")]
    [InlineData(1536L, "1.50 KiB")]
    [InlineData(536_870_912L, "512 MiB")]
    public void Memory_is_in_binary_units(long? bytes, string text) => Assert.Equal(text, ViewText.Memory(bytes));

    [Theory]
    [InlineData(-3, "0 s")]
    [InlineData(0, "0 s")]
    [InlineData(0.24, "0.2 s")]
    [InlineData(9.9, "9.9 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(7199, "1 h")]
    [InlineData(86400 * 3.5, "3 d")]
    public void A_duration_has_the_largest_unit_that_fits(double seconds, string text) =>
        Assert.Equal(text, ViewText.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("unix:///var/run/docker.sock", "shop")]
    [InlineData("npipe:////./pipe/docker_engine", "shop")]
    [InlineData("tcp://server:2376", "shop on tcp://server:2376")]
    [InlineData(null, "shop")]
    public void A_group_names_the_engine_of_another_machine(string? engine, string text) =>
        Assert.Equal(text, ViewText.Project("shop", engine));
}
