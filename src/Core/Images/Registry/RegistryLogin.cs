namespace Compose.Images.Registry;

/// <summary>A login for one registry: a user with a secret, or an identity token.</summary>
internal sealed record RegistryLogin(string User, string Secret)
{
    /// <summary>What docker's credential helpers answer as the user name of an identity token.</summary>
    private const string TokenUser = "<token>";

    /// <summary>Whether the secret is an identity token, which belongs to no user name.</summary>
    public bool IsToken => User == TokenUser;

    public static RegistryLogin OfToken(string token) => new(TokenUser, token);

    /// <summary>The user name, without the secret.</summary>
    public override string ToString() => User;
}
