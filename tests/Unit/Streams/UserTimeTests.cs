using Compose.Streams.Events;

namespace Compose.Tests.Streams;

/// <summary>Times in the forms that docker accepts.</summary>
public class UserTimeTests
{
    private static readonly DateTime Now = new(2026, 1, 8, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeZoneInfo TwoHoursEast = TimeZoneInfo.CreateCustomTimeZone(
        "east", TimeSpan.FromHours(2), "east", "east");

    [Theory]
    [InlineData("10m", "2026-01-08T11:50:00")]
    [InlineData("1h30m", "2026-01-08T10:30:00")]
    [InlineData("1.5s", "2026-01-08T11:59:58.5")]
    [InlineData("-5m", "2026-01-08T12:05:00")]
    [InlineData("1767873600", "2026-01-08T12:00:00")]
    [InlineData("1767873600.25", "2026-01-08T12:00:00.25")]
    [InlineData("2026-01-08T11:00:00Z", "2026-01-08T11:00:00")]
    [InlineData("2026-01-08T11:00:00.123456789Z", "2026-01-08T11:00:00.1234567")]
    [InlineData("2026-01-08T11:00:00+01:00", "2026-01-08T10:00:00")]
    [InlineData("2026-01-08T11:00:00", "2026-01-08T09:00:00")]
    [InlineData("2026-01-08T11:00", "2026-01-08T09:00:00")]
    [InlineData("2026-01-08", "2026-01-07T22:00:00")]
    [InlineData("2026-01-08Z", "2026-01-08T00:00:00")]
    public void Are_read(string text, string utc) =>
        Assert.Equal(
            DateTime.SpecifyKind(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc),
            UserTime.Parse(text, Now, TwoHoursEast));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("10 minutes")]
    [InlineData("2026-13-01")]
    [InlineData("1h-")]
    [InlineData("99999999999999")]
    public void What_is_none_is_null(string text) => Assert.Null(UserTime.Parse(text, Now, TimeZoneInfo.Utc));
}
