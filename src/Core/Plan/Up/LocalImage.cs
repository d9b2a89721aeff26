using System.Globalization;
using Compose.Files.Canonical;
using Compose.Model;
using Compose.Plan.Compare;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>Whether the engine's image is usable: it fits the platform and is new enough for the pull policy.</summary>
internal static class LocalImage
{
    /// <summary>Why the image cannot be used, to complete "the image is ..."; null if it can.</summary>
    public static string? MissingReason(PlanContext context, ServiceDefinition service, string image)
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

    /// <summary>Why an existing image is pulled again; null if it is not.</summary>
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

    /// <summary>Whether a service's image has to be inspected.</summary>
    public static bool NeedsInspect(ServiceDefinition service) =>
        service.Platform is not null || Age(service.PullPolicy) is not null;

    /// <summary>The greatest age of an image under a policy; null for policies that ignore age.</summary>
    private static TimeSpan? Age(string? policy) => policy switch
    {
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        { } other when other.StartsWith("every_", StringComparison.Ordinal) =>
            ComposeDuration.Parse(other.Substring("every_".Length)),
        _ => null,
    };
}
