namespace Compose.Engine.Api;

/// <summary>Prefixes of full image names.</summary>
internal static class ImagePrefix
{
    /// <summary>The prefix of images that are in no registry.</summary>
    public const string Local = "localhost/";

    public const string Hub = "docker.io/";

    /// <summary>The prefix of Docker Hub's official images.</summary>
    public const string Official = Hub + "library/";
}
