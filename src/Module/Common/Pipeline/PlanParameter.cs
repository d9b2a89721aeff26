using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Compose.Module.Common.Pipeline;

/// <summary>A parameter that a plan of up depends on. It is saved with the plan, and set again to carry the plan out.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Set">Sets the parameter of a cmdlet to a saved value; null resets it.</param>
internal sealed record PlanParameter(string Name, Action<UpCommand, object?> Set)
{
    public static IReadOnlyList<PlanParameter> All { get; } =
    [
        Of<string[]>(nameof(UpCommand.Path), (up, value) => up.Path = value),
        Of<string[]>(nameof(UpCommand.ProjectName), (up, value) => up.ProjectName = value),
        Of<string>(nameof(UpCommand.ProjectDirectory), (up, value) => up.ProjectDirectory = value),
        Of<string[]>(nameof(UpCommand.Profile), (up, value) => up.Profile = value),
        Of<string[]>(nameof(UpCommand.EnvFile), (up, value) => up.EnvFile = value),
        Of<string[]>(nameof(UpCommand.Service), (up, value) => up.Service = value),
        Of<Hashtable>(nameof(UpCommand.Scale), (up, value) => up.Scale = value),
        Of<SwitchParameter>(nameof(UpCommand.Build), (up, value) => up.Build = value),
        Of<SwitchParameter>(nameof(UpCommand.NoBuild), (up, value) => up.NoBuild = value),
        Of<string>(nameof(UpCommand.Pull), (up, value) => up.Pull = value),
        Of<SwitchParameter>(nameof(UpCommand.ForceRecreate), (up, value) => up.ForceRecreate = value),
        Of<SwitchParameter>(nameof(UpCommand.NoRecreate), (up, value) => up.NoRecreate = value),
        Of<SwitchParameter>(nameof(UpCommand.AlwaysRecreateDependency), (up, value) => up.AlwaysRecreateDependency = value),
        Of<SwitchParameter>(nameof(UpCommand.RenewAnonymousVolume), (up, value) => up.RenewAnonymousVolume = value),
        Of<SwitchParameter>(nameof(UpCommand.NoDependency), (up, value) => up.NoDependency = value),
        Of<SwitchParameter>(nameof(UpCommand.RemoveOrphan), (up, value) => up.RemoveOrphan = value),
        Of<SwitchParameter>(nameof(UpCommand.AllResource), (up, value) => up.AllResource = value),
        Of<string>(nameof(UpCommand.ComposeVersion), (up, value) => up.ComposeVersion = value),
        Of<TimeSpan?>(nameof(UpCommand.Timeout), (up, value) => up.Timeout = value),
    ];

    private static readonly HashSet<string> Names =
        new(All.Select(parameter => parameter.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a plan depends on the parameter of that name.</summary>
    public static bool Is(string name) => Names.Contains(name);

    /// <summary>Converts a parameter's value to a type that survives Export-CliXml.</summary>
    public static object Saved(object value) => value switch
    {
        SwitchParameter flag => flag.IsPresent,
        TimeSpan time => time.ToString(),
        _ => value,
    };

    private static PlanParameter Of<T>(string name, Action<UpCommand, T?> set) =>
        new(name, (up, value) => set(up, value is null ? default : Read<T>(value)));

    private static T Read<T>(object saved) => (T)LanguagePrimitives.ConvertTo(
        saved, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture);
}
