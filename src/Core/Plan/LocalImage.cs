using System.Globalization;
using Compose.Files;
using Compose.Model;

namespace Compose.Plan;

/// <summary>Whether the image the engine has will do: for this platform, and young enough for the pull policy.</summary>
internal static class LocalImage
{
    /// <summary>Why there is no image to use, as "the image is ..."; null where there is one.</summary>
    public static string? Lack(PlanContext context, ServiceDefinition service, string image)
    {
        if (context.State.Image(image) is null)
            return "not on the engine";
        if (service.Platform is not { } platform || !context.State.InspectedImages.TryGetValue(image, out var local))
            return null;
        var has = string.Join("/", new[] { local.Os, local.Architecture, local.Variant }.Where(part => !string.IsNullOrEmpty(part)));
        return IsFor(has, platform) ? null : $"on the engine for {has} alone, not for {platform}";
    }

    /// <summary>Why an image that is there is pulled again; null where it is not.</summary>
    public static string? Due(PlanContext context, string image, string policy)
    {
        if (policy == "always")
            return "pull policy is always";
        if (Age(policy) is not { } age || !context.State.InspectedImages.TryGetValue(image, out var local))
            return null;
        var known = DateTime.TryParse(local.Metadata?.LastTagTime, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var tagged);
        if (known && tagged + age >= context.Now)
            return null;
        return known && tagged.Year > 1 ? $"pull policy is {policy} and it is from {tagged:yyyy-MM-dd HH:mm} UTC" : $"pull policy is {policy} and its age is not known";
    }

    /// <summary>Whether inspect must be asked of a service's image.</summary>
    public static bool NeedsInspect(ServiceDefinition service) => service.Platform is not null || Age(service.PullPolicy) is not null;

    /// <summary>How old an image may be under a policy; null under those that do not look at age.</summary>
    private static TimeSpan? Age(string? policy) => policy switch
    {
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        { } other when other.StartsWith("every_", StringComparison.Ordinal) => ComposeDuration.Parse(other.Substring("every_".Length)),
        _ => null,
    };

    /// <summary>Whether os/architecture/variant is what was asked for; parts that are not asked for may be anything.</summary>
    private static bool IsFor(string has, string asked)
    {
        var (own, wanted) = (Normal(has), Normal(asked));
        return wanted.Zip(own, (want, have) => want == have).All(same => same) && wanted.Length <= own.Length;
    }

    /// <summary>The parts of a platform under the names engines use; v8 is what arm64 means.</summary>
    private static string[] Normal(string platform)
    {
        var parts = platform.ToLowerInvariant().Split('/');
        if (parts.Length < 2)
            return parts;
        (parts[1], var variant) = parts[1] switch
        {
            "x86_64" or "x86-64" => ("amd64", null),
            "aarch64" => ("arm64", null),
            "armhf" => ("arm", "v7"),
            "armel" => ("arm", "v6"),
            _ => (parts[1], (string?)null),
        };
        if (variant is not null && parts.Length == 2)
            parts = [.. parts, variant];
        return parts is [var os, "arm64", "v8"] ? [os, "arm64"] : parts;
    }
}
