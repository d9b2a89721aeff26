using Compose.Files.Interpolation;
using Compose.Images.Build;

namespace Compose.Images.Dockerfiles;

/// <summary>
/// Finds the images of a Dockerfile: in FROM, COPY --from, RUN --mount from= and the syntax directive, with arguments expanded
/// and without stages. They are pulled before the build, because BuildKit without a session cannot log in to registries.
/// </summary>
internal sealed class DockerfileImages
{
    /// <summary>The build argument that overrides the syntax directive.</summary>
    private const string SyntaxArgument = "BUILDKIT_SYNTAX";
    private readonly List<DockerfileStage> _stages = [];
    private readonly List<string> _unresolved = [];
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
            _values.TryGetValue(name, out var value) ? value : null) { OnUnset = _ => _unset = true };
    }

    /// <summary>The images, in order of their first use.</summary>
    public IReadOnlyList<BaseImage> Images { get; private set; } = [];

    /// <summary>All stages, in order.</summary>
    public IReadOnlyList<DockerfileStage> AllStages => _stages;

    /// <summary>The stages that the target needs, in order.</summary>
    public IReadOnlyList<DockerfileStage> Stages { get; private set; } = [];

    /// <summary>The image names with variables that only the builder can expand.</summary>
    public IReadOnlyList<string> Unresolved => _unresolved;

    /// <summary>The instructions of the whole Dockerfile.</summary>
    public DockerfileLines Lines { get; private set; } = null!;

    /// <param name="dockerfile">The Dockerfile's text.</param>
    /// <param name="arguments">The build arguments.</param>
    /// <param name="target">The stage to build; null for the last. Stages that it does not need are left out.</param>
    /// <param name="platforms">The platform arguments; null if unknown.</param>
    public static DockerfileImages Find(
        string dockerfile, IReadOnlyDictionary<string, string> arguments, string? target = null,
        PlatformArguments? platforms = null)
    {
        var found = new DockerfileImages(arguments, platforms) { Lines = DockerfileLines.Read(dockerfile) };
        foreach (var instruction in found.Lines.Instructions)
            found.Take(instruction);
        var images = new List<BaseImage>();
        // The syntax image runs on the engine, so it is for the engine's platform, not the target's.
        if ((arguments.TryGetValue(SyntaxArgument, out var given) ? given : found.Lines.Syntax) is { Length: > 0 } syntax)
            images.Add(new BaseImage(syntax, platforms?.Builder));
        var last = found.Named(target) ?? found._stages.LastOrDefault();
        if (last is not null)
            found.Stages = found.Needed(last);
        images.AddRange(found.References().Select(reference => reference.Image));
        found.Images = [.. images.Distinct()];
        return found;
    }

    /// <summary>The references to images in the needed stages, each with its image.</summary>
    public IEnumerable<(DockerfileReference Reference, BaseImage Image)> References() =>
        from stage in Stages
        from reference in stage.References
        where !reference.IsInOnBuild && reference.Name is not (null or "" or "scratch") && StageOf(reference, stage) is null
        select (reference, new BaseImage(reference.Name!, stage.Platform));

    private void Take(DockerfileInstruction instruction)
    {
        // Image names can only use arguments before the first FROM.
        if (instruction.Name == "ARG" && _stages.Count == 0)
            TakeArguments(instruction);
        else if (instruction.Name == "FROM" && instruction.Values.Count > 0)
            TakeStage(instruction);
        else if (_stages.Count > 0)
            TakeSources(instruction.Trigger ?? instruction, instruction.Trigger is not null);
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
        // A stage that is based on another has that one's platform.
        else if (StageOf(stage.References[0], stage) is { } other)
            stage.Platform = other.Platform;
    }

    private void TakeSources(DockerfileInstruction instruction, bool isTrigger)
    {
        if (instruction.Name is "COPY" or "ADD" && instruction.Flag("from") is { Text.Length: > 0 } source)
            Add(instruction, source, isTrigger);
        foreach (var mount in instruction.Mounts)
        {
            if (mount.From is { } from)
                Add(instruction, from, isTrigger);
            if (!isTrigger && mount.NeedsSession)
                _stages[_stages.Count - 1].SessionMounts.Add((instruction, mount));
        }
    }

    private void Add(DockerfileInstruction instruction, DockerfileWord word, bool isTrigger = false, bool isBase = false)
    {
        var name = Expanded(instruction, word);
        var reference = new DockerfileReference(instruction, word, name) { IsInOnBuild = isTrigger, IsBase = isBase };
        _stages[_stages.Count - 1].References.Add(reference);
    }

    /// <summary>
    /// Removes quotes and expands variables. Null, and added to <see cref="Unresolved"/>, if a variable's value is unknown here.
    /// </summary>
    private string? Expanded(DockerfileInstruction instruction, DockerfileWord word)
    {
        var expanded = word.Expand(instruction.Escape, Value);
        if (expanded is null)
            _unresolved.Add(word.Text);
        return expanded;
    }

    private string? Value(string text)
    {
        _unset = false;
        var expanded = _interpolator.Expand(text, out _);
        return _unset ? null : expanded;
    }

    /// <summary>A stage and all stages that it directly or indirectly refers to, in order.</summary>
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

    /// <summary>The stage that a reference names, or null. A stage can only be referred to after it.</summary>
    private DockerfileStage? StageOf(DockerfileReference reference, DockerfileStage stage) =>
        Named(reference.Name) is { } other && other.Index < stage.Index ? other : null;

    private DockerfileStage? Named(string? name) => name is null ? null
        : _stages.FirstOrDefault(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? (int.TryParse(name, out var index) && index >= 0 && index < _stages.Count ? _stages[index] : null);
}
