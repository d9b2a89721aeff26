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

    /// <summary>The argument that overrides the syntax line.</summary>
    private const string SyntaxArgument = "BUILDKIT_SYNTAX";
    private static readonly Regex From = new(@"^FROM\s+(?:--platform=(\S+)\s+|--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", Options);
    private static readonly Regex Argument = new(@"^ARG\s+(.*)$", Options);
    private static readonly Regex ArgumentItem = new(@"(\w+)(?:=(""[^""]*""|'[^']*'|\S*))?", Options);
    private static readonly Regex Source = new(@"^(?:COPY|ADD)\s+(?:--\S+\s+)*?--from=(\S+)", Options);
    private static readonly Regex RunFlags = new(@"^RUN\s+((?:--\S+\s+)+)", Options);
    private static readonly Regex MountSource = new(@"(?<=[=,])from=([^,\s]+)", RegexOptions.CultureInvariant);
    private readonly List<Stage> _stages = [];
    private readonly List<string> _unclear = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly Interpolator _interpolator;
    private bool _unset;

    private DockerfileImages(IReadOnlyDictionary<string, string> given, PlatformArguments? platforms)
    {
        _given = given;
        foreach (var value in platforms?.Values ?? [])
            _values[value.Key] = given.TryGetValue(value.Key, out var own) ? own : value.Value;
        _interpolator = new Interpolator(name => _values.TryGetValue(name, out var value) ? value : null) { Unset = _ => _unset = true };
    }

    /// <summary>The images, in the order they are named.</summary>
    public IReadOnlyList<BaseImage> Images { get; private set; } = [];

    /// <summary>The names that hang on something only the builder knows.</summary>
    public IReadOnlyList<string> Unclear => _unclear;

    /// <param name="dockerfile">The Dockerfile's text.</param>
    /// <param name="arguments">The build arguments given.</param>
    /// <param name="target">The stage to build; null: the last. Stages it does not need are left out.</param>
    /// <param name="platforms">The platforms the Dockerfile may speak of; null: not known.</param>
    public static DockerfileImages Find(string dockerfile, IReadOnlyDictionary<string, string> arguments, string? target = null, PlatformArguments? platforms = null)
    {
        var found = new DockerfileImages(arguments, platforms);
        var lines = new DockerfileLines(dockerfile);
        foreach (var line in lines.Read())
            found.Take(line);
        var images = new List<BaseImage>();
        // What reads the Dockerfile runs on the engine, whatever is built for.
        if ((arguments.TryGetValue(SyntaxArgument, out var given) ? given : lines.Syntax) is { Length: > 0 } syntax)
            images.Add(new BaseImage(syntax, platforms?.Builder));
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
            _stages.Add(new Stage(from.Groups[3].Success ? from.Groups[3].Value : null, _stages.Count));
            AddSource(from.Groups[2].Value);
            if (from.Groups[1].Success && Expanded(from.Groups[1].Value) is { } platform)
                _stages[_stages.Count - 1].Platform = platform;
            else
                TakePlatformOfBase(_stages[_stages.Count - 1]);
        }
        else if (_stages.Count > 0 && Source.Match(line) is { Success: true } source)
        {
            AddSource(source.Groups[1].Value);
        }
        else if (_stages.Count > 0 && RunFlags.Match(line) is { Success: true } run)
        {
            foreach (Match mount in MountSource.Matches(run.Groups[1].Value))
                AddSource(mount.Groups[1].Value);
        }
    }

    private void TakeArguments(string text)
    {
        foreach (Match item in ArgumentItem.Matches(text))
        {
            var name = item.Groups[1].Value;
            if (_given.TryGetValue(name, out var given))
                _values[name] = given;
            else if (item.Groups[2].Success && Expanded(item.Groups[2].Value.Trim('"', '\'')) is { } value)
                _values[name] = value;
        }
    }

    /// <summary>A stage that begins with another is for that one's platform.</summary>
    private void TakePlatformOfBase(Stage stage)
    {
        if (Named(stage.Sources.FirstOrDefault()) is { } other && other.Index < stage.Index)
            stage.Platform = other.Platform;
    }

    private void AddSource(string text)
    {
        if (Expanded(text) is { Length: > 0 } name)
            _stages[_stages.Count - 1].Sources.Add(name);
    }

    /// <summary>The text without variables; null, and kept as unclear, where one has no value that is known here.</summary>
    private string? Expanded(string text)
    {
        if (text.IndexOf('$') < 0)
            return text;
        _unset = false;
        var expanded = _interpolator.Expand(text, out _);
        if (expanded is not null && !_unset)
            return expanded;
        _unclear.Add(text);
        return null;
    }

    /// <summary>The images of a stage and of the stages it takes from; a name is a stage only after that stage.</summary>
    private IEnumerable<BaseImage> Needed(Stage last)
    {
        var needed = new SortedDictionary<int, Stage> { [last.Index] = last };
        for (var index = last.Index; index >= 0; index--)
        {
            if (!needed.TryGetValue(index, out var stage))
                continue;
            foreach (var source in stage.Sources.Select(Named).Where(source => source is not null && source.Index < index))
                needed[source!.Index] = source;
        }

        return from stage in needed.Values
               from source in stage.Sources
               where source != "scratch" && !(Named(source) is { } other && other.Index < stage.Index)
               select new BaseImage(source, stage.Platform);
    }

    private Stage? Named(string? name) => name is null ? null
        : _stages.FirstOrDefault(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? (int.TryParse(name, out var index) && index >= 0 && index < _stages.Count ? _stages[index] : null);

    private sealed record Stage(string? Name, int Index)
    {
        /// <summary>Null: the one that is built for.</summary>
        public string? Platform { get; set; }
        public List<string> Sources { get; } = [];
    }
}
