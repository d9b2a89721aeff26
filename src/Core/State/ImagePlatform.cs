using System.Runtime.InteropServices;
using Compose.Engine.Dto;

namespace Compose.State;

/// <summary>Platforms of images: <c>os/architecture/variant</c>.</summary>
internal static class ImagePlatform
{
    public static string Of(ImageInspect image) => Of(image.Os, image.Architecture, image.Variant);

    public static string Of(string? os, string? architecture, string? variant) =>
        string.Join("/", new[] { os, architecture, variant }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>
    /// The platforms that docker compose accepts for a service without <c>platform</c>: the machine's own and its 32-bit one.
    /// </summary>
    public static IReadOnlyList<string> Own(string os, Architecture machine) => machine switch
    {
        Architecture.Arm64 => [os + "/arm64", os + "/arm"],
        Architecture.Arm => [os + "/arm"],
        Architecture.X86 => [os + "/386"],
        _ => [os + "/amd64", os + "/386"],
    };

    /// <summary>Whether a platform matches the requested one. Parts that the request leaves out match anything.</summary>
    public static bool IsFor(string has, string asked)
    {
        var (own, wanted) = (Normal(has), Normal(asked));
        return wanted.Zip(own, (want, have) => want == have).All(same => same) && wanted.Length <= own.Length;
    }

    /// <summary>The parts of a platform with the architecture names that engines use; arm64/v8 is arm64.</summary>
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
