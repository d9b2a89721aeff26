using System.Globalization;
using System.Text;
using System.Text.Json;
using Compose.Engine.Dto;

namespace Compose.Engine.Api;

/// <summary>A request's path and query, built up.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    /// <summary>What a POST asks for: the last part of the path.</summary>
    public string Action => path.Substring(path.LastIndexOf('/') + 1);

    public Query Add(string name, string? value)
    {
        if (value is null)
            return this;
        _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _separator = '&';
        return this;
    }

    public Query Add(string name, bool value) => value ? Add(name, "1") : this;

    public Query Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds filters as the API wants them: JSON, a map of lists.</summary>
    public Query Add(string name, Filters? filters) =>
        filters is null
            ? this
            : Add(name, JsonSerializer.Serialize(filters.Values, EngineJson.Default.DictionaryStringStringArray));

    public override string ToString() => _text.ToString();
}
