using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>Converts secrets, configs and the references to them between Docker.DotNet's models and our records.</summary>
internal static class SwarmFileModel
{
    public static Dto.SwarmSecret Read(Secret secret) => new()
    {
        Id = Models.Text(secret.ID)!,
        VersionIndex = Models.Index(secret.Version),
        CreatedAt = Models.Time(secret.CreatedAt),
        Spec = secret.Spec is { } spec ? Read(spec) : null!,
    };

    public static Dto.SwarmConfig Read(SwarmConfig config) => new()
    {
        Id = Models.Text(config.ID)!,
        VersionIndex = Models.Index(config.Version),
        CreatedAt = Models.Time(config.CreatedAt),
        Spec = config.Spec is { } spec ? Read(spec) : null!,
    };

    public static SwarmSecretSpec Sent(Dto.SwarmSecretSpec spec) => new()
    {
        Name = spec.Name,
        Labels = Models.Sent(spec.Labels),
        Data = spec.Data!,
        Driver = spec.Driver is { } driver ? SwarmTaskModel.Sent(driver) : null!,
        Templating = spec.Templating is { } templating ? SwarmTaskModel.Sent(templating) : null!,
    };

    public static SwarmConfigSpec Sent(Dto.SwarmConfigSpec spec) => new()
    {
        Name = spec.Name,
        Labels = Models.Sent(spec.Labels),
        Data = spec.Data!,
        Templating = spec.Templating is { } templating ? SwarmTaskModel.Sent(templating) : null!,
    };

    public static Dto.SwarmSecretReference Read(SecretReference reference) => new()
    {
        SecretID = Models.Text(reference.SecretID),
        SecretName = Models.Text(reference.SecretName),
        File = reference.File is { } file
            ? new Dto.SwarmFileTarget { Name = file.Name, UID = file.UID, GID = file.GID, Mode = file.Mode }
            : null,
    };

    public static SecretReference Sent(Dto.SwarmSecretReference reference) => new()
    {
        SecretID = reference.SecretID!,
        SecretName = reference.SecretName!,
        File = reference.File is { } file
            ? new SecretReferenceFileTarget { Name = file.Name, UID = file.UID!, GID = file.GID!, Mode = (uint)file.Mode }
            : null!,
    };

    public static Dto.SwarmConfigReference Read(SwarmConfigReference reference) => new()
    {
        ConfigID = Models.Text(reference.ConfigID),
        ConfigName = Models.Text(reference.ConfigName),
        File = reference.File is { } file
            ? new Dto.SwarmFileTarget { Name = file.Name, UID = file.UID, GID = file.GID, Mode = file.Mode }
            : null,
        Runtime = reference.Runtime is null ? null : Dto.EmptyObject.Value,
    };

    public static SwarmConfigReference Sent(Dto.SwarmConfigReference reference) => new()
    {
        ConfigID = reference.ConfigID!,
        ConfigName = reference.ConfigName!,
        File = reference.File is { } file
            ? new ConfigReferenceFileTarget { Name = file.Name, UID = file.UID!, GID = file.GID!, Mode = (uint)file.Mode }
            : null!,
        Runtime = reference.Runtime is null ? null! : new ConfigReferenceRuntimeTarget(),
    };

    private static Dto.SwarmSecretSpec Read(SwarmSecretSpec spec) => new()
    {
        Name = spec.Name!,
        Labels = Models.Pairs(spec.Labels),
        Data = spec.Data,
        Driver = spec.Driver is { } driver ? SwarmTaskModel.Read(driver) : null,
        Templating = spec.Templating is { } templating ? SwarmTaskModel.Read(templating) : null,
    };

    private static Dto.SwarmConfigSpec Read(SwarmConfigSpec spec) => new()
    {
        Name = spec.Name!,
        Labels = Models.Pairs(spec.Labels),
        Data = spec.Data,
        Templating = spec.Templating is { } templating ? SwarmTaskModel.Read(templating) : null,
    };
}
