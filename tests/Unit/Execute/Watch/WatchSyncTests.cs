using Compose.Execute.Watch;

namespace Compose.Tests.Execute.Watch;

/// <summary>How deletions are synchronized.</summary>
public class WatchSyncTests
{
    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(1, 200_000, 1)]
    [InlineData(5_000, 10, 1)]
    [InlineData(20_000, 10, 4)]
    public void Paths_are_deleted_in_few_portions_that_fit_on_a_command_line(int count, int length, int portions)
    {
        var paths = Enumerable.Range(0, count)
            .Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(length, 'x'))
            .ToList();

        var all = WatchSync.Batches(paths).ToList();

        Assert.Equal(paths, all.SelectMany(portion => portion));
        Assert.Equal(portions, all.Count);
    }
}
