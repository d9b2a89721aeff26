namespace Compose.Model;

/// <summary>The config hash of a service: what a container of it is labelled with.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Service">The service's name.</param>
/// <param name="Hash">SHA-256 as 64 hexadecimal digits.</param>
public sealed record ComposeServiceHash(string ProjectName, string Service, string Hash)
{
    /// <inheritdoc/>
    public override string ToString() => Hash;
}
