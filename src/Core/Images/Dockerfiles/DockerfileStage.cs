namespace Compose.Images.Dockerfiles;

/// <summary>A stage of a Dockerfile.</summary>
/// <param name="Name">What AS calls it, or null.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record DockerfileStage(string? Name, int Index, int Line)
{
    /// <summary>Null: the one that is built for.</summary>
    public string? Platform { get; set; }

    /// <summary>What it names, in order.</summary>
    public List<DockerfileReference> References { get; } = [];

    /// <summary>Its mounts of secrets and ssh agents: only a session has either.</summary>
    public List<(DockerfileInstruction Instruction, DockerfileMount Mount)> SessionMounts { get; } = [];
}
