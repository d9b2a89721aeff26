namespace Compose.Images.Dockerfiles;

/// <summary>A stage of a Dockerfile.</summary>
/// <param name="Name">The name after AS, or null.</param>
/// <param name="Index">The stage's number, from 0.</param>
/// <param name="Line">The 1-based line of its FROM.</param>
internal sealed record DockerfileStage(string? Name, int Index, int Line)
{
    /// <summary>The stage's platform; null for the target platform.</summary>
    public string? Platform { get; set; }

    /// <summary>The stage's references to images, stages and contexts, in order.</summary>
    public List<DockerfileReference> References { get; } = [];

    /// <summary>The stage's mounts of secrets and ssh agents, which need a BuildKit session.</summary>
    public List<(DockerfileInstruction Instruction, DockerfileMount Mount)> SessionMounts { get; } = [];
}
