namespace Compose.Images.Registry;

/// <summary>A login of -RegistryCredential for one registry.</summary>
internal sealed record RegistryLogin(string User, string Secret)
{
    /// <summary>The user name, without the secret.</summary>
    public override string ToString() => User;
}
