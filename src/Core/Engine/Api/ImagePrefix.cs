namespace Compose.Engine.Api;

/// <summary>What the full names of images begin with.</summary>
internal static class ImagePrefix
{
    /// <summary>An image that no registry has.</summary>
    public const string Local = "localhost/";

    public const string Hub = "docker.io/";

    /// <summary>Docker Hub's own images.</summary>
    public const string Official = Hub + "library/";
}
