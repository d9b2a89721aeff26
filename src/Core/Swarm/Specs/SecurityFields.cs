using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compose.Engine.Dto;

namespace Compose.Swarm.Specs;

/// <summary>The privileges of tasks as the options of security_opt; what the engine has by default is left out.</summary>
internal static class SecurityFields
{
    private const int MarkOctets = 4;

    public static IEnumerable<string> Of(SwarmPrivileges? privileges)
    {
        if (privileges is null)
            yield break;
        if (privileges.NoNewPrivileges)
            yield return "no-new-privileges";
        if (privileges.Seccomp is { Mode: { Length: > 0 } and not "default" } seccomp)
            yield return "seccomp=" + (seccomp.Profile is { } profile ? "profile " + Mark(profile) : seccomp.Mode);
        if (privileges.AppArmor is { Mode: { Length: > 0 } and not "default" } armor)
            yield return "apparmor=" + armor.Mode;
        if (privileges.SELinuxContext is not { } context)
            yield break;
        if (context.Disable)
            yield return "label=disable";
        foreach (var (name, value) in new[] {
            ("user", context.User), ("role", context.Role), ("type", context.Type), ("level", context.Level)})
        {
            if (value is { Length: > 0 })
                yield return $"label={name}:{value}";
        }
    }

    /// <summary>A profile is long, so its hash stands for it.</summary>
    private static string Mark(string profile)
    {
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(profile)).Take(MarkOctets)
            .Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
