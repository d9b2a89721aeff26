namespace Compose.Images.Registry;

/// <summary>A login the caller was given for one registry.</summary>
internal sealed record RegistryLogin(string User, string Secret)
{
    /// <summary>The user alone: a secret is never printed.</summary>
    public override string ToString() => User;
}
