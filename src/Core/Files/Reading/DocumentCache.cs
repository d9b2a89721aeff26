using Compose.Yaml;

namespace Compose.Files.Reading;

/// <summary>
/// Caches parsed files between cmdlets, each of which loads the project anew. Runspaces of one process share the cache, so it may
/// be used by several threads. An entry is used only while the file's text is the same, and nodes are immutable, so loads can
/// share them.
/// </summary>
internal sealed class DocumentCache
{
    private const int MaxFiles = 8;

    /// <summary>Characters of all texts together. Parsed nodes take about twenty times that memory.</summary>
    private const int MaxLength = 4 * 1024 * 1024;
    private readonly object _lock = new();

    /// <summary>Least recently used first.</summary>
    private readonly List<(string Path, int Layer, string Text, YamlText Parsed)> _files = [];

    public YamlText Read(string text, string path, int layer)
    {
        lock (_lock)
        {
            var at = _files.FindIndex(file => file.Layer == layer && file.Path == path);
            if (at >= 0 && _files[at].Text == text)
            {
                var known = _files[at];
                _files.RemoveAt(at);
                _files.Add(known);
                return known.Parsed;
            }

            if (at >= 0)
                _files.RemoveAt(at);
        }

        var parsed = YamlReader.Read(text, path, layer);
        lock (_lock)
        {
            // Another thread may have parsed the same file meanwhile.
            _files.RemoveAll(file => file.Layer == layer && file.Path == path);
            _files.Add((path, layer, text, parsed));
            while (_files.Count > MaxFiles || _files.Sum(file => file.Text.Length) > MaxLength)
                _files.RemoveAt(0);
        }

        return parsed;
    }
}
