using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Files;
using Compose.Model;

namespace Compose.Swarm.Specs;

/// <summary>What a stack is made from, besides the project.</summary>
internal sealed record StackRequest
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>The minor version of the engine's API: 41 is 1.41.</summary>
    public required int ApiMinor { get; init; }

    /// <summary>Whether services wait for the ones they depend on, so that depends_on needs no warning.</summary>
    public bool Ordered { get; init; }

    /// <summary>The contents of secrets and configs, by kind and key; see <see cref="StackContents"/>.</summary>
    public required StackContents Contents { get; init; }
}

/// <summary>
/// What a project is on a swarm: the specs to send, in which networks, secrets and configs are referred to by name. Secrets
/// and configs contain their content, so a spec is never written anywhere.
/// </summary>
internal sealed record StackSpec
{
    /// <summary>The stack's name.</summary>
    public required string Name { get; init; }

    /// <summary>The services in the order of the file.</summary>
    public required IReadOnlyList<StackService> Services { get; init; }

    /// <summary>The networks of the stack that its services use.</summary>
    public required IReadOnlyList<SwarmNetworkSpec> Networks { get; init; }

    /// <summary>The secrets of the stack that its services use, under the names of their content.</summary>
    public required IReadOnlyList<SwarmSecretSpec> Secrets { get; init; }

    /// <summary>The configs of the stack that its services use, under the names of their content.</summary>
    public required IReadOnlyList<SwarmConfigSpec> Configs { get; init; }

    /// <summary>What has to exist before: external networks, secrets and configs.</summary>
    public required IReadOnlyList<ExternalObject> External { get; init; }

    /// <summary>What a swarm does not carry out, each with its place in the file.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What cannot be deployed, each with its place in the file; empty if the stack can be.</summary>
    public required IReadOnlyList<ErrorInfo> Refusals { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A service of a stack.</summary>
/// <param name="Key">The service's name in the file.</param>
/// <param name="Spec">Its spec; the name is that of stack and service.</param>
/// <param name="Definition">The service in the file, with its dependencies.</param>
internal sealed record StackService(string Key, SwarmServiceSpec Spec, ServiceDefinition Definition)
{
    /// <summary>The attribute with the number of replicas: scale, deploy.replicas, or null if the file has none.</summary>
    public string? ReplicasField =>
        Definition.Scale is not null ? "scale" : Definition.Deploy?.Replicas is not null ? "deploy.replicas" : null;

    /// <inheritdoc/>
    public override string ToString() => Key;
}

/// <summary>A network, secret or config that the stack uses and does not own.</summary>
/// <param name="Kind">network, secret or config.</param>
/// <param name="Name">The name on the engine.</param>
/// <param name="Origin">Where the file declares it.</param>
internal sealed record ExternalObject(string Kind, string Name, Origin Origin);
