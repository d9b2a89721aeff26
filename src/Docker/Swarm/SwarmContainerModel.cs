using System.Text;
using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>Converts the container of a task between Docker.DotNet's models and our records.</summary>
internal static class SwarmContainerModel
{
    public static Dto.SwarmContainerSpec Read(ContainerSpec container) => new()
    {
        Image = Models.Text(container.Image),
        Labels = Models.Pairs(container.Labels),
        Command = Models.Texts(container.Command),
        Args = Models.Texts(container.Args),
        Hostname = Models.Text(container.Hostname),
        Env = Models.Texts(container.Env),
        Dir = Models.Text(container.Dir),
        User = Models.Text(container.User),
        Groups = Models.Texts(container.Groups),
        Privileges = container.Privileges is { } privileges ? Read(privileges) : null,
        Init = container.Init,
        StopSignal = Models.Text(container.StopSignal),
        TTY = container.TTY,
        OpenStdin = container.OpenStdin,
        ReadOnly = container.ReadOnly,
        Mounts = Models.Each(container.Mounts, SwarmMountModel.Read),
        StopGracePeriod = Models.Nanoseconds(container.StopGracePeriod),
        Healthcheck = container.Healthcheck is { } check ? Read(check) : null,
        Hosts = Models.Texts(container.Hosts),
        DNSConfig = container.DNSConfig is { } dns ? Read(dns) : null,
        Secrets = Models.Each(container.Secrets, SwarmFileModel.Read),
        Configs = Models.Each(container.Configs, SwarmFileModel.Read),
        Isolation = Models.Text(container.Isolation),
        Sysctls = Models.Pairs(container.Sysctls),
        CapabilityAdd = Models.Texts(container.CapabilityAdd),
        CapabilityDrop = Models.Texts(container.CapabilityDrop),
        Ulimits = Models.Each(
            container.Ulimits,
            limit => new Dto.SwarmUlimit { Name = limit.Name, Soft = limit.Soft, Hard = limit.Hard }),
        OomScoreAdj = container.OomScoreAdj,
    };

    public static ContainerSpec Sent(Dto.SwarmContainerSpec container) => new()
    {
        Image = container.Image!,
        Labels = Models.Sent(container.Labels),
        Command = Models.Sent(container.Command),
        Args = Models.Sent(container.Args),
        Hostname = container.Hostname!,
        Env = Models.Sent(container.Env),
        Dir = container.Dir!,
        User = container.User!,
        Groups = Models.Sent(container.Groups),
        Privileges = container.Privileges is { } privileges ? Sent(privileges, container.Configs) : null!,
        Init = container.Init,
        StopSignal = container.StopSignal!,
        TTY = container.TTY,
        OpenStdin = container.OpenStdin,
        ReadOnly = container.ReadOnly,
        Mounts = Models.SentEach(container.Mounts, SwarmMountModel.Sent),
        StopGracePeriod = Models.Span(container.StopGracePeriod),
        Healthcheck = container.Healthcheck is { } check ? Sent(check) : null!,
        Hosts = Models.Sent(container.Hosts),
        DNSConfig = container.DNSConfig is { } dns ? Sent(dns) : null!,
        Secrets = Models.SentEach(container.Secrets, SwarmFileModel.Sent),
        Configs = Models.SentEach(container.Configs, SwarmFileModel.Sent),
        Isolation = container.Isolation!,
        Sysctls = Models.Sent(container.Sysctls),
        CapabilityAdd = Models.Sent(container.CapabilityAdd),
        CapabilityDrop = Models.Sent(container.CapabilityDrop),
        Ulimits = Models.SentEach(
            container.Ulimits, limit => new Ulimit { Name = limit.Name, Soft = limit.Soft, Hard = limit.Hard }),
        OomScoreAdj = container.OomScoreAdj,
    };

    private static Dto.HealthConfig Read(HealthcheckConfig check) => new()
    {
        Test = Models.Texts(check.Test),
        Interval = Models.Nanoseconds(check.Interval),
        Timeout = Models.Nanoseconds(check.Timeout),
        Retries = (int?)check.Retries,
        StartPeriod = Models.Nanoseconds(check.StartPeriod),
        StartInterval = Models.Nanoseconds(check.StartInterval),
    };

    private static HealthcheckConfig Sent(Dto.HealthConfig check) => new()
    {
        Test = Models.Sent(check.Test),
        Interval = Models.Span(check.Interval),
        Timeout = Models.Span(check.Timeout),
        Retries = check.Retries,
        StartPeriod = Models.Span(check.StartPeriod),
        StartInterval = Models.Span(check.StartInterval),
    };

    private static Dto.SwarmDnsConfig Read(DNSConfig dns) => new()
    {
        Nameservers = Models.Texts(dns.Nameservers),
        Search = Models.Texts(dns.Search),
        Options = Models.Texts(dns.Options),
    };

    private static DNSConfig Sent(Dto.SwarmDnsConfig dns) => new()
    {
        Nameservers = Models.Sent(dns.Nameservers),
        Search = Models.Sent(dns.Search),
        Options = Models.Sent(dns.Options),
    };

    private static Dto.SwarmPrivileges Read(Privileges privileges) => new()
    {
        CredentialSpec = privileges.CredentialSpec is { } spec
            ? new Dto.SwarmCredentialSpec(Models.Text(spec.Config), Models.Text(spec.File), Models.Text(spec.Registry))
            : null,
        SELinuxContext = privileges.SELinuxContext is { } context ? Read(context) : null,
        Seccomp = privileges.Seccomp is { } seccomp
            ? new Dto.SwarmSeccomp(
                Models.Text(seccomp.Mode), seccomp.Profile is { Length: > 0 } profile ? Encoding.UTF8.GetString(profile) : null)
            : null,
        AppArmor = privileges.AppArmor is { } armor ? new Dto.SwarmAppArmor(Models.Text(armor.Mode)) : null,
        NoNewPrivileges = privileges.NoNewPrivileges,
    };

    private static Privileges Sent(Dto.SwarmPrivileges privileges, IReadOnlyList<Dto.SwarmConfigReference>? configs) => new()
    {
        CredentialSpec = privileges.CredentialSpec is { } spec ? Sent(spec, configs) : null!,
        SELinuxContext = privileges.SELinuxContext is { } context ? Sent(context) : null!,
        Seccomp = privileges.Seccomp is { } seccomp
            ? new SeccompOpts
            {
                Mode = seccomp.Mode!,
                Profile = seccomp.Profile is { } profile ? Encoding.UTF8.GetBytes(profile) : null!,
            }
            : null!,
        AppArmor = privileges.AppArmor is { } armor ? new AppArmorOpts { Mode = armor.Mode! } : null!,
        NoNewPrivileges = privileges.NoNewPrivileges,
    };

    // A wanted spec has the config's name there. The id is that of the reference for the engine itself.
    private static CredentialSpec Sent(Dto.SwarmCredentialSpec spec, IReadOnlyList<Dto.SwarmConfigReference>? configs) => new()
    {
        Config = configs?.FirstOrDefault(use => use.Runtime is not null && use.ConfigName == spec.Config)?.ConfigID
            ?? spec.Config!,
        File = spec.File!,
        Registry = spec.Registry!,
    };

    private static Dto.SwarmSELinuxContext Read(SELinuxContext context) => new()
    {
        Disable = context.Disable,
        User = Models.Text(context.User),
        Role = Models.Text(context.Role),
        Type = Models.Text(context.Type),
        Level = Models.Text(context.Level),
    };

    private static SELinuxContext Sent(Dto.SwarmSELinuxContext context) => new()
    {
        Disable = context.Disable,
        User = context.User!,
        Role = context.Role!,
        Type = context.Type!,
        Level = context.Level!,
    };
}
