using Compose.Files.Reading;
using Compose.Yaml;

namespace Compose.Tests.Files;

/// <summary>A process reads a file once as long as its text is unchanged, in all runspaces.</summary>
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

    [Fact]
    public void Threads_that_read_changing_files_get_the_text_they_asked_for()
    {
        var cache = new DocumentCache();
        // Enough keys that the mapping builds an index at its first lookup.
        var others = string.Concat(Enumerable.Range(0, 20).Select(number => $"k{number}: 0\n"));

        // More files than the cache keeps, each in two versions: entries are found, replaced and dropped all the time.
        Parallel.For(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, turn =>
        {
            var (path, value) = ($"f{turn % 12}", $"{turn / 12 % 2}");

            var root = (YamlMapping)cache.Read($"{others}a: {value}\n", path, 0).Documents[0];

            var found = (YamlScalar)root["a"]!;
            Assert.Equal((value, path), (found.Text, found.File));
        });
    }
}
