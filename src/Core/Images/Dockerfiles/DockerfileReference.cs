namespace Compose.Images.Dockerfiles;

/// <summary>A reference to an image, a stage or a context in a Dockerfile.</summary>
/// <param name="Instruction">The instruction.</param>
/// <param name="Word">The name as written.</param>
/// <param name="Name">The name without quotes, with variables expanded; null if only the builder can expand them.</param>
internal sealed record DockerfileReference(DockerfileInstruction Instruction, DockerfileWord Word, string? Name)
{
    /// <summary>Whether the reference is in an ONBUILD, and so not used by this build.</summary>
    public bool IsInOnBuild { get; init; }

    /// <summary>Whether the reference is a stage's base (FROM).</summary>
    public bool IsBase { get; init; }

    /// <summary>Whether the name can be replaced in the Dockerfile's text.</summary>
    public bool IsReplaceable => !IsInOnBuild && Instruction.PlaceOf(Word) >= 0;

    /// <summary>Whether the name is written without variables and quotes.</summary>
    public bool IsPlain => IsReplaceable && Name == Word.Text;

    /// <summary>Replaces names in a Dockerfile's text.</summary>
    public static string Replace(string dockerfile, IEnumerable<(DockerfileReference Reference, string Name)> changes)
    {
        var fromTheEnd = changes.OrderByDescending(change => change.Reference.Instruction.PlaceOf(change.Reference.Word));
        foreach (var (reference, name) in fromTheEnd)
        {
            var place = reference.Instruction.PlaceOf(reference.Word);
            dockerfile = dockerfile.Substring(0, place) + name + dockerfile.Substring(place + reference.Word.Text.Length);
        }

        return dockerfile;
    }
}
