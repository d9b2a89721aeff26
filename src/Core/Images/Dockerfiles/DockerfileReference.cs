namespace Compose.Images.Dockerfiles;

/// <summary>A place of a Dockerfile that names an image, a stage or a context.</summary>
/// <param name="Instruction">The instruction.</param>
/// <param name="Word">The name as it is written.</param>
/// <param name="Name">The name with its variables and quotes resolved; null where only the builder can do that.</param>
internal sealed record DockerfileReference(DockerfileInstruction Instruction, DockerfileWord Word, string? Name)
{
    /// <summary>Whether ONBUILD keeps it for the builds that begin with this image.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether a stage begins with it.</summary>
    public bool IsBase { get; init; }

    /// <summary>Whether other text can take its place.</summary>
    public bool IsReplaceable => !IsKept && Instruction.PlaceOf(Word) >= 0;

    /// <summary>Whether it is the name and nothing else: no variable and no quotes.</summary>
    public bool IsPlain => IsReplaceable && Name == Word.Text;

    /// <summary>The Dockerfile with other names in place of some.</summary>
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
