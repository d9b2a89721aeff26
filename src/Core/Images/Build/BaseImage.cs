namespace Compose.Images.Build;

/// <summary>An image a build takes.</summary>
/// <param name="Name">As the Dockerfile names it, arguments expanded.</param>
/// <param name="Platform">os/architecture; null: the one that is built for.</param>
internal sealed record BaseImage(string Name, string? Platform)
{
    public override string ToString() => Platform is null ? Name : $"{Name} ({Platform})";
}

/// <summary>The platforms a Dockerfile may speak of, as os/architecture or os/architecture/variant.</summary>
/// <param name="Builder">The engine's.</param>
/// <param name="Target">The one that is built for.</param>
internal sealed record PlatformArguments(string Builder, string Target)
{
    /// <summary>What the arguments are called.</summary>
    public static IReadOnlyCollection<string> Names { get; } =
        new HashSet<string>(new PlatformArguments("", "").Values.Select(value => value.Key), StringComparer.Ordinal);

    /// <summary>The arguments every Dockerfile has before its first FROM: TARGETPLATFORM, BUILDARCH and the like.</summary>
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
