using System.Collections;
using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Attached;
using Compose.Files.Checks;
using Compose.Files.Schema;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Module.Common.Host;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.Plan.Input;

namespace Compose.Module.Common;

/// <summary>The parameters for a one-off container: the service, and what overrides the service's attributes.</summary>
public abstract class OneOffCommand : PlanCommand
{
    /// <summary>The service.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string? Service { get; set; }

    /// <summary>
    /// The command and its arguments instead of the service's. Write -- before a command whose arguments begin with a dash.
    /// </summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [Alias("Args")]
    public string[]? Command { get; set; }

    /// <summary>
    /// The entrypoint instead of the service's: a list as it is, one text split as a shell does; an empty text clears it.
    /// </summary>
    [Parameter]
    [AllowEmptyString]
    public string[]? Entrypoint { get; set; }

    /// <summary>
    /// Variables over the service's: @{ NAME = 'value' }, or NAME=value; a name alone takes the project's value.
    /// </summary>
    [Parameter]
    [Alias("e")]
    [Variables]
    public Hashtable? Environment { get; set; }

    /// <summary>Files of variables, under those of Environment.</summary>
    [Parameter]
    [Alias("EnvFromFile")]
    public string[]? EnvironmentFile { get; set; }

    /// <summary>The user the command runs as: a name or a number, with :group if need be.</summary>
    [Parameter]
    [Alias("u")]
    public string? User { get; set; }

    /// <summary>The directory the command starts in.</summary>
    [Parameter]
    [Alias("w")]
    public string? WorkingDirectory { get; set; }

    /// <summary>Mounts over the service's: source:target[:options]. Relative sources start from here.</summary>
    [Parameter]
    [Alias("Volumes", "v")]
    [ArgumentCompleter(typeof(VolumeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Volume { get; set; }

    /// <summary>Ports to publish: [[ip:]port:]port[/protocol].</summary>
    [Parameter]
    [Alias("p")]
    public string[]? Publish { get; set; }

    /// <summary>Publishes the service's own ports, which a one-off else does not.</summary>
    [Parameter]
    [Alias("ServicePorts")]
    public SwitchParameter ServicePort { get; set; }

    /// <summary>Lets the container answer to the service's names in its networks.</summary>
    [Parameter]
    [Alias("UseAliases")]
    public SwitchParameter UseAlias { get; set; }

    /// <summary>Labels over the service's: @{ name = 'value' }, or name=value.</summary>
    [Parameter]
    [Variables]
    [Alias("Labels", "l")]
    public Hashtable? Label { get; set; }

    /// <summary>The container's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Kernel capabilities to add.</summary>
    [Parameter]
    public string[]? CapAdd { get; set; }

    /// <summary>Kernel capabilities to drop.</summary>
    [Parameter]
    public string[]? CapDrop { get; set; }

    /// <summary>Removes the container when the command has ended.</summary>
    [Parameter]
    [Alias("rm")]
    public SwitchParameter Remove { get; set; }

    /// <summary>
    /// Takes an argument of the command that would be short for several parameters, so that nothing runs without it.
    /// </summary>
    [Parameter(DontShow = true)]
    [Alias("c", "ca", "cap", "co", "com", "de", "det", "deta", "detac", "en", "eng", "engi", "engin", "engine", "env", "envf",
        "envi", "envir", "enviro", "environ", "environm", "environme", "environmen", "er", "err", "erro", "error", "in",
        "inf", "info", "infor", "inform", "informa", "informat", "informati", "informatio", "information", "n", "no", "pr",
        "pro", "proj", "proje", "projec", "pu", "r", "re", "rem", "remo", "remov", "s", "se", "ser", "serv", "servi",
        "servic", "us", "use", "war", "warn", "warni", "warnin", "warning")]
    public SwitchParameter MisplacedArgument { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        MisplacedArguments.Refuse(this, MisplacedArgument);
    }

    /// <summary>Whether the project has the service. Loading also accepts a wildcard, which is an error here.</summary>
    private protected bool Names(ComposeProject project)
    {
        var isKnown = project.Services.ContainsKey(Service!);
        if (!isKnown)
            WriteError(
                ErrorRecords.From(
                    PlanErrors.ServiceNotDefined.Info($"There is no service '{Service}' in project '{project.Name}'.", Service)));
        return isKnown;
    }

    /// <summary>Parses -Publish, -Volume and -EnvironmentFile; null, with the errors written, if one is invalid.</summary>
    private protected ServiceOverrides? Overrides(ComposeProject project)
    {
        var diagnostics = new DiagnosticBag();
        var overrides = ServiceOverrides.Read(
            new OverrideTexts
            {
                WorkingDirectory = CurrentDirectory,
                HomeDirectory = HostEnvironment.Home,
                Windows = HostEnvironment.IsWindows,
                Ports = Publish ?? [],
                Volumes = Volume ?? [],
                EnvironmentFiles = [.. (EnvironmentFile ?? []).Select(ResolveLiteral)],
            }, project, diagnostics);
        WriteDiagnostics(diagnostics.All);
        return diagnostics.HasErrors ? null : overrides;
    }

    /// <summary>The one-off container, from the parameters.</summary>
    private protected OneOff OneOff(ServiceOverrides overrides, bool tty, bool takesInput)
    {
        var environment = overrides.Environment.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var variable in VariablesAttribute.Read(Environment))
            environment[variable.Key] = variable.Value;
        return new OneOff
        {
            Service = Service!,
            Slug = OneOffRun.NewSlug(),
            Name = Name,
            Command = Command is { Length: > 0 } ? Command : null,
            Entrypoint = Entrypoint is [var line] ? ShellWords.Split(line) ?? [line] : Entrypoint,
            Environment = environment,
            User = User,
            WorkingDirectory = WorkingDirectory,
            Labels = VariablesAttribute.Read(Label)
                .ToDictionary(pair => pair.Key, pair => pair.Value ?? "", StringComparer.Ordinal),
            CapAdd = CapAdd ?? [],
            CapDrop = CapDrop ?? [],
            Volumes = overrides.Volumes,
            Ports = overrides.Ports,
            ServicePorts = ServicePort,
            UseAliases = UseAlias,
            AutoRemove = Remove,
            Tty = tty,
            TakesInput = takesInput,
        };
    }
}
