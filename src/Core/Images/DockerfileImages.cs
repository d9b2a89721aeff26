using System.Text.RegularExpressions;
using Compose.Files;

namespace Compose.Images;

/// <summary>
/// The images a Dockerfile needs: FROM, COPY --from, RUN --mount from= and the syntax line, ARGs expanded, stages left out.
/// BuildKit without a session cannot log in to a registry, so these are pulled before it starts.
/// </summary>
internal sealed class DockerfileImages
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private static readonly Regex From = new(@"^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", Options);
    private static readonly Regex Argument = new(@"^ARG\s+(.*)$", Options);
    private static readonly Regex ArgumentItem = new(@"(\w+)(?:=(""[^""]*""|'[^']*'|\S*))?", Options);
    private static readonly Regex Source = new(@"^(?:COPY|ADD)\s+(?:--\S+\s+)*?--from=(\S+)|^RUN\s+(?:--\S+\s+)*?--mount=(?:\S*?,)?from=([^,\s]+)", Options);
    private readonly List<Stage> _stages = [];
    private readonly List<string> _unclear = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly Interpolator _interpolator;
    private bool _unset;

    private DockerfileImages(IReadOnlyDictionary<string, string> given)
    {
        _given = given;
        _interpolator = new Interpolator(name =>
        {
            _unset |= !_values.ContainsKey(name);
            return _values.TryGetValue(name, out var value) ? value : null;
        });
    }

    /// <summary>The images, in the order they are named.</summary>
    public IReadOnlyList<string> Images { get; private set; } = [];

    /// <summary>The names that hang on something only the builder knows.</summary>
    public IReadOnlyList<string> Unclear => _unclear;

    /// <param name="dockerfile">The Dockerfile's text.</param>
    /// <param name="arguments">The build arguments given.</param>
    /// <param name="target">The stage to build; null: the last. Stages it does not need are left out.</param>
    public static DockerfileImages Find(string dockerfile, IReadOnlyDictionary<string, string> arguments, string? target = null)
    {
        var found = new DockerfileImages(arguments);
        var lines = new DockerfileLines(dockerfile);
        foreach (var line in lines.Read())
            found.Take(line);
        var images = new List<string>();
        if (lines.Syntax is { } syntax)
            images.Add(syntax);
        var last = found.Named(target) ?? found._stages.LastOrDefault();
        if (last is not null)
            images.AddRange(found.Needed(last));
        found.Images = [.. images.Distinct()];
        return found;
    }

    private void Take(string line)
    {
        if (Argument.Match(line) is { Success: true } argument)
        {
            // Only arguments before the first FROM reach the names of images.
            if (_stages.Count == 0)
                TakeArguments(argument.Groups[1].Value);
        }
        else if (From.Match(line) is { Success: true } from)
        {
            _stages.Add(new Stage(from.Groups[2].Success ? from.Groups[2].Value : null, _stages.Count));
            AddSource(from.Groups[1].Value);
        }
        else if (_stages.Count > 0 && Source.Match(line) is { Success: true } source)
        {
            AddSource(source.Groups[1].Success ? source.Groups[1].Value : source.Groups[2].Value);
        }
    }

    private void TakeArguments(string text)
    {
        foreach (Match item in ArgumentItem.Matches(text))
        {
            var name = item.Groups[1].Value;
            if (_given.TryGetValue(name, out var given))
                _values[name] = given;
            else if (item.Groups[2].Success)
                _values[name] = Expand(item.Groups[2].Value.Trim('"', '\''));
        }
    }

    private void AddSource(string text)
    {
        _unset = false;
        var name = Expand(text);
        if (_unset)
            _unclear.Add(text);
        else if (name.Length > 0)
            _stages[_stages.Count - 1].Sources.Add(name);
    }

    private string Expand(string text) => text.IndexOf('$') < 0 ? text : _interpolator.Expand(text, out _) ?? "";

    /// <summary>The images of a stage and of the stages it takes from; a name is a stage only after that stage.</summary>
    private IEnumerable<string> Needed(Stage last)
    {
        var needed = new SortedDictionary<int, Stage> { [last.Index] = last };
        for (var index = last.Index; index >= 0; index--)
        {
            if (!needed.TryGetValue(index, out var stage))
                continue;
            foreach (var source in stage.Sources.Select(Named).Where(source => source is not null && source.Index < index))
                needed[source!.Index] = source;
        }

        return needed.Values.SelectMany(stage => stage.Sources.Where(source => source != "scratch" && !(Named(source) is { } other && other.Index < stage.Index)));
    }

    private Stage? Named(string? name) => name is null ? null
        : _stages.FirstOrDefault(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? (int.TryParse(name, out var index) && index < _stages.Count ? _stages[index] : null);

    private sealed record Stage(string? Name, int Index)
    {
        public List<string> Sources { get; } = [];
    }
}
