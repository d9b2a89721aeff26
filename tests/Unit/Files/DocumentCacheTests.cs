using Compose.Files.Reading;

namespace Compose.Tests.Files;

/// <summary>A session reads a file once while its text stays the same.</summary>
public class DocumentCacheTests
{
    [Fact]
    public void The_same_text_is_read_once()
    {
        var cache = new DocumentCache();

        Assert.Same(cache.Read("a: 1", "f", 0), cache.Read(new string("a: 1".ToCharArray()), "f", 0));
    }

    [Fact]
    public void Another_text_path_or_layer_is_read_anew()
    {
        var cache = new DocumentCache();
        var first = cache.Read("a: 1", "f", 0);

        Assert.NotSame(first, cache.Read("a: 1", "g", 0));
        Assert.NotSame(first, cache.Read("a: 1", "f", 1));
        Assert.NotSame(first, cache.Read("a: 2", "f", 0));
    }

    [Fact]
    public void Only_so_many_files_are_kept()
    {
        var cache = new DocumentCache();
        var first = cache.Read("a: 1", "0", 0);
        for (var number = 1; number <= 8; number++)
            cache.Read("a: 1", number.ToString(System.Globalization.CultureInfo.InvariantCulture), 0);

        Assert.NotSame(first, cache.Read("a: 1", "0", 0));
    }
}
