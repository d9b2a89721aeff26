using System.Globalization;
using Compose.Files.Canonical;
using Compose.Model;
using Compose.Plan.Compare;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>Whether the image the engine has will do: for this platform, and young enough for the pull policy.</summary>
internal static class LocalImage
{
    /// <summary>Why there is no image to use, as "the image is ..."; null where there is one.</summary>
    public static string? Lack(PlanContext context, ServiceDefinition service, string image)
    {
        if (context.State.Image(image) is not { } found)
            return "not on the engine";
        if (service.Platform is not { } platform)
            return null;
        if (ImageContent.Has(found, platform) is { } isThere)
        {
            var platforms = string.Join(", ", found.Manifests.Select(manifest => manifest.Platform));
            return isThere ? null : $"on the engine for {platforms} alone, not for {platform}";
        }

        if (!context.State.InspectedImages.TryGetValue(image, out var local))
            return null;
        var has = ImagePlatform.Of(local);
        return ImagePlatform.IsFor(has, platform) ? null : $"on the engine for {has} alone, not for {platform}";
    }

    /// <summary>Why an image that is there is pulled again; null where it is not.</summary>
    public static string? Due(PlanContext context, string image, string policy)
    {
        if (policy == "always")
            return "pull policy is always";
        if (Age(policy) is not { } age || !context.State.InspectedImages.TryGetValue(image, out var local))
            return null;
        var known = DateTime.TryParse(
            local.Metadata?.LastTagTime, CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var tagged);
        if (known && tagged + age >= context.Now)
            return null;
        return known && tagged.Year > 1
            ? $"pull policy is {policy} and it is from {tagged:yyyy-MM-dd HH:mm} UTC"
            : $"pull policy is {policy} and its age is not known";
    }

    /// <summary>Whether inspect must be asked of a service's image.</summary>
    public static bool NeedsInspect(ServiceDefinition service) =>
        service.Platform is not null || Age(service.PullPolicy) is not null;

    /// <summary>How old an image may be under a policy; null under those that do not look at age.</summary>
    private static TimeSpan? Age(string? policy) => policy switch
    {
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        { } other when other.StartsWith("every_", StringComparison.Ordinal) =>
            ComposeDuration.Parse(other.Substring("every_".Length)),
        _ => null,
    };
}
