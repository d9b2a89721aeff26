using Compose.Engine.Dto;
using Compose.Model;
using Compose.Model.Loading;

namespace Compose.Swarm.Specs;

/// <summary>security_opt and credential_spec as the privileges of tasks.</summary>
internal static class PrivilegeSpecs
{
    private const int SecurityProfilesSince = 44;

    public static SwarmPrivileges? Make(ServiceDefinition service, FileSpecs files, SpecFindings findings)
    {
        var privileges = new SwarmPrivileges { CredentialSpec = Credentials(service.CredentialSpec, files) };
        foreach (var option in service.SecurityOptions)
            privileges = With(privileges, service, option, findings);
        return privileges == new SwarmPrivileges() ? null : privileges;
    }

    /// <summary>A config is referred to by name here; its id is filled in before the spec is sent.</summary>
    private static SwarmCredentialSpec? Credentials(CredentialSpecDefinition? spec, FileSpecs files) =>
        spec is null ? null
        : new SwarmCredentialSpec(spec.Config is { } key ? files.ConfigName(key) : null, WithoutScheme(spec.File), spec.Registry);

    private static string? WithoutScheme(string? file) =>
        file?.StartsWith("file://", StringComparison.Ordinal) == true ? file.Substring("file://".Length) : file;

    private static SwarmPrivileges With(
        SwarmPrivileges privileges, ServiceDefinition service, string option, SpecFindings findings)
    {
        var at = option.IndexOfAny(['=', ':']);
        var (name, value) = at < 0 ? (option, "") : (option.Substring(0, at), option.Substring(at + 1));
        var place = findings.Place(service, "security_opt");
        var subject = $"security_opt '{option}' of service '{service.Name}'";
        switch (name)
        {
            case "label" when SELinux(privileges.SELinuxContext ?? new SwarmSELinuxContext(), value) is { } context:
                return privileges with { SELinuxContext = context };
            case "no-new-privileges" when value is "" or "true":
                return findings.Knows(SecurityProfilesSince, place, subject)
                    ? privileges with { NoNewPrivileges = true }
                    : privileges;
            case "no-new-privileges" when value == "false":
                return privileges;
            case "seccomp" when Seccomp(service, option, value) is { } seccomp:
                return findings.Knows(SecurityProfilesSince, place, subject) ? privileges with { Seccomp = seccomp } : privileges;
            case "apparmor" when value is "unconfined" or "docker-default":
                return findings.Knows(SecurityProfilesSince, place, subject)
                    ? privileges with { AppArmor = new SwarmAppArmor(value == "unconfined" ? "disabled" : "default") }
                    : privileges;
            default:
                findings.Warn(place, $"a Swarm has no {subject}; it is left out.");
                return privileges;
        }
    }

    private static SwarmSeccomp? Seccomp(ServiceDefinition service, string option, string value) =>
        value == "unconfined" ? new SwarmSeccomp("unconfined", null)
        : value == "builtin" ? new SwarmSeccomp("default", null)
        : SecurityProfiles.FileOf(option) is { } file && service.SecurityProfiles.TryGetValue(file, out var profile)
            ? new SwarmSeccomp("custom", profile)
            : null;

    private static SwarmSELinuxContext? SELinux(SwarmSELinuxContext context, string value)
    {
        var parts = value.Split([':'], 2);
        return (parts[0], parts.Length) switch
        {
            ("disable", 1) => context with { Disable = true },
            ("user", 2) => context with { User = parts[1] },
            ("role", 2) => context with { Role = parts[1] },
            ("type", 2) => context with { Type = parts[1] },
            ("level", 2) => context with { Level = parts[1] },
            _ => null,
        };
    }
}
