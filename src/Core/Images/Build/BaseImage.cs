namespace Compose.Images.Build;

/// <summary>An image that a Dockerfile refers to.</summary>
/// <param name="Name">The name in the Dockerfile, with arguments expanded.</param>
/// <param name="Platform">os/architecture; null for the build's target platform.</param>
internal sealed record BaseImage(string Name, string? Platform)
{
    public override string ToString() => Platform is null ? Name : $"{Name} ({Platform})";
}

/// <summary>The predefined platform arguments of a Dockerfile, such as TARGETPLATFORM and BUILDARCH.</summary>
/// <param name="Builder">The engine's platform, as os/architecture or os/architecture/variant.</param>
/// <param name="Target">The target platform.</param>
internal sealed record PlatformArguments(string Builder, string Target)
{
    /// <summary>The arguments' names.</summary>
    public static IReadOnlyCollection<string> Names { get; } =
        new HashSet<string>(new PlatformArguments("", "").Values.Select(value => value.Key), StringComparer.Ordinal);

    /// <summary>The arguments with their values.</summary>
    public IEnumerable<KeyValuePair<string, string>> Values => Of("BUILD", Builder).Concat(Of("TARGET", Target));

    private static IEnumerable<KeyValuePair<string, string>> Of(string prefix, string platform)
    {
        var parts = platform.Split('/');
        yield return new(prefix + "PLATFORM", platform);
        yield return new(prefix + "OS", parts[0]);
        yield return new(prefix + "ARCH", parts.Length > 1 ? parts[1] : "");
        yield return new(prefix + "VARIANT", parts.Length > 2 ? parts[2] : "");
    }
}
