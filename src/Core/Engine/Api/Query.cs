using System.Globalization;
using System.Text;
using System.Text.Json;
using Compose.Engine.Dto;

namespace Compose.Engine.Api;

/// <summary>Builds the path and query string of a request.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    /// <summary>The last part of the path; for a POST request, the requested action.</summary>
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

    /// <summary>Adds filters in the API's form: a JSON map of lists.</summary>
    public Query Add(string name, Filters? filters) =>
        filters is null
            ? this
            : Add(name, JsonSerializer.Serialize(filters.Values, EngineJson.Default.DictionaryStringStringArray));

    public override string ToString() => _text.ToString();
}
