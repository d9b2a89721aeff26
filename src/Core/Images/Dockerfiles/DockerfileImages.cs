using Compose.Files.Interpolation;
using Compose.Images.Build;

namespace Compose.Images.Dockerfiles;

/// <summary>
/// The images a Dockerfile needs: FROM, COPY --from, RUN --mount from= and the syntax line, ARGs expanded, stages left out.
/// BuildKit without a session cannot log in to a registry, so these are pulled before it starts.
/// </summary>
internal sealed class DockerfileImages
{
    /// <summary>The argument that overrides the syntax line.</summary>
    private const string SyntaxArgument = "BUILDKIT_SYNTAX";
    private readonly List<DockerfileStage> _stages = [];
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
        _interpolator = new Interpolator(name =>
            _values.TryGetValue(name, out var value) ? value : null) { Unset = _ => _unset = true };
    }

    /// <summary>The images, in the order they are named.</summary>
    public IReadOnlyList<BaseImage> Images { get; private set; } = [];

    /// <summary>All stages, in order.</summary>
    public IReadOnlyList<DockerfileStage> AllStages => _stages;

    /// <summary>The stages that are built, in order.</summary>
    public IReadOnlyList<DockerfileStage> Stages { get; private set; } = [];

    /// <summary>The names that hang on something only the builder knows.</summary>
    public IReadOnlyList<string> Unclear => _unclear;

    /// <summary>The instructions of the whole Dockerfile.</summary>
    public DockerfileLines Lines { get; private set; } = null!;

    /// <param name="dockerfile">The Dockerfile's text.</param>
    /// <param name="arguments">The build arguments given.</param>
    /// <param name="target">The stage to build; null: the last. Stages it does not need are left out.</param>
    /// <param name="platforms">The platforms the Dockerfile may speak of; null: not known.</param>
    public static DockerfileImages Find(
        string dockerfile, IReadOnlyDictionary<string, string> arguments, string? target = null,
        PlatformArguments? platforms = null)
    {
        var found = new DockerfileImages(arguments, platforms) { Lines = DockerfileLines.Read(dockerfile) };
        foreach (var instruction in found.Lines.Instructions)
            found.Take(instruction);
        var images = new List<BaseImage>();
        // What reads the Dockerfile runs on the engine, whatever is built for.
        if ((arguments.TryGetValue(SyntaxArgument, out var given) ? given : found.Lines.Syntax) is { Length: > 0 } syntax)
            images.Add(new BaseImage(syntax, platforms?.Builder));
        var last = found.Named(target) ?? found._stages.LastOrDefault();
        if (last is not null)
            found.Stages = found.Needed(last);
        images.AddRange(found.References().Select(reference => reference.Image));
        found.Images = [.. images.Distinct()];
        return found;
    }

    /// <summary>Each place in the stages that are built that names an image, with that image.</summary>
    public IEnumerable<(DockerfileReference Reference, BaseImage Image)> References() =>
        from stage in Stages
        from reference in stage.References
        where !reference.IsKept && reference.Name is not (null or "" or "scratch") && StageOf(reference, stage) is null
        select (reference, new BaseImage(reference.Name!, stage.Platform));

    private void Take(DockerfileInstruction instruction)
    {
        // Only arguments before the first FROM reach the names of images.
        if (instruction.Name == "ARG" && _stages.Count == 0)
            TakeArguments(instruction);
        else if (instruction.Name == "FROM" && instruction.Values.Count > 0)
            TakeStage(instruction);
        else if (_stages.Count > 0)
            TakeSources(instruction.Kept ?? instruction, instruction.Kept is not null);
    }

    private void TakeArguments(DockerfileInstruction instruction)
    {
        foreach (var word in instruction.Words)
        {
            var equals = word.Text.IndexOf('=');
            var name = equals < 0 ? word.Text : word.Text.Substring(0, equals);
            if (_given.TryGetValue(name, out var given))
            {
                _values[name] = given;
                continue;
            }

            if (equals < 0)
                continue;
            var byDefault = new DockerfileWord(word.Text.Substring(equals + 1), 0);
            if (byDefault.Expand(instruction.Escape, Value) is { } value)
                _values[name] = value;
        }
    }

    private void TakeStage(DockerfileInstruction instruction)
    {
        var values = instruction.Values;
        var named = values.Count > 2 && string.Equals(values[1].Text, "AS", StringComparison.OrdinalIgnoreCase);
        var stage = new DockerfileStage(named ? values[2].Text : null, _stages.Count, instruction.Line);
        _stages.Add(stage);
        Add(instruction, values[0], isBase: true);
        if (instruction.Flag("platform") is { } written && Expanded(instruction, written) is { } platform)
            stage.Platform = platform;
        // A stage that begins with another is for that one's platform.
        else if (StageOf(stage.References[0], stage) is { } other)
            stage.Platform = other.Platform;
    }

    private void TakeSources(DockerfileInstruction instruction, bool kept)
    {
        if (instruction.Name is "COPY" or "ADD" && instruction.Flag("from") is { Text.Length: > 0 } source)
            Add(instruction, source, kept);
        foreach (var mount in instruction.Mounts)
        {
            if (mount.From is { } from)
                Add(instruction, from, kept);
            if (!kept && mount.NeedsSession)
                _stages[_stages.Count - 1].SessionMounts.Add((instruction, mount));
        }
    }

    private void Add(DockerfileInstruction instruction, DockerfileWord word, bool kept = false, bool isBase = false)
    {
        var name = Expanded(instruction, word);
        var reference = new DockerfileReference(instruction, word, name) { IsKept = kept, IsBase = isBase };
        _stages[_stages.Count - 1].References.Add(reference);
    }

    /// <summary>
    /// The text without quotes and variables; null, and kept as unclear, where a variable has no value that is known here.
    /// </summary>
    private string? Expanded(DockerfileInstruction instruction, DockerfileWord word)
    {
        var expanded = word.Expand(instruction.Escape, Value);
        if (expanded is null)
            _unclear.Add(word.Text);
        return expanded;
    }

    private string? Value(string text)
    {
        _unset = false;
        var expanded = _interpolator.Expand(text, out _);
        return _unset ? null : expanded;
    }

    /// <summary>A stage and the stages it takes from, in order.</summary>
    private List<DockerfileStage> Needed(DockerfileStage last)
    {
        var needed = new SortedDictionary<int, DockerfileStage> { [last.Index] = last };
        for (var index = last.Index; index >= 0; index--)
        {
            if (!needed.TryGetValue(index, out var stage))
                continue;
            foreach (var source in stage.References.Select(reference => StageOf(reference, stage)).OfType<DockerfileStage>())
                needed[source.Index] = source;
        }

        return [.. needed.Values];
    }

    /// <summary>The stage a name means; a name is a stage only after that stage.</summary>
    private DockerfileStage? StageOf(DockerfileReference reference, DockerfileStage stage) =>
        Named(reference.Name) is { } other && other.Index < stage.Index ? other : null;

    private DockerfileStage? Named(string? name) => name is null ? null
        : _stages.FirstOrDefault(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? (int.TryParse(name, out var index) && index >= 0 && index < _stages.Count ? _stages[index] : null);
}
