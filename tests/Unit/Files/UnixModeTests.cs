using Compose.Files.Reading;

namespace Compose.Tests.Files;

/// <summary>Modes are written as digits, and mean what the same digits mean to chmod.</summary>
public class UnixModeTests
{
    [Theory]
    [InlineData("444", UnixMode.ReadableByAll)]
    [InlineData("644", UnixMode.OrdinaryFile)]
    [InlineData("755", UnixMode.Executable)]
    [InlineData("7777", UnixMode.AllBits)]
    public void A_mode_has_the_value_of_its_octal_digits(string octal, int mode) =>
        Assert.Equal(Convert.ToInt32(octal, 8), mode);
}
