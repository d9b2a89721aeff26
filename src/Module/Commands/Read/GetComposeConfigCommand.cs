using System.Collections;
using System.Management.Automation;
using Compose.Execute.Operations;
using Compose.Files;
using Compose.Images.Registry;
using Compose.Model;
using Compose.Model.Config;
using Compose.Model.Origins;
using Compose.Module.Common;
using Compose.Module.Common.Parameters;
using Compose.Module.Completion;

namespace Compose.Module.Commands;

/// <summary>Returns the resolved project: as objects, or as the text docker compose config prints.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeConfig", DefaultParameterSetName = "Object")]
[OutputType(typeof(ComposeProject), ParameterSetName = ["Object"])]
[OutputType(typeof(string), ParameterSetName = ["Yaml", "Json", "Image"])]
[OutputType(typeof(ComposeServiceHash), ParameterSetName = ["Hash"])]
[OutputType(typeof(ComposeProvenance), ParameterSetName = ["Provenance"])]
[OutputType(typeof(ComposeVariable), ParameterSetName = ["Variable"])]
public sealed class GetComposeConfigCommand : ProjectCommand
{
    /// <summary>
    /// The services to keep, with what they depend on; wildcards are allowed; without it, all. -Variable lists those of all
    /// services.
    /// </summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Returns YAML.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Yaml")]
    public SwitchParameter AsYaml { get; set; }

    /// <summary>Returns JSON.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Json")]
    public SwitchParameter AsJson { get; set; }

    /// <summary>Returns the config hash of each service.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Hash")]
    public SwitchParameter Hash { get; set; }

    /// <summary>Returns the images the services use.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Image")]
    public SwitchParameter Image { get; set; }

    /// <summary>Returns where each value came from: file, line, column and layer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Provenance")]
    public SwitchParameter Provenance { get; set; }

    /// <summary>Returns the variables the files name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public SwitchParameter Variable { get; set; }

    /// <summary>Leaves ${VARIABLES} as they are.</summary>
    [Parameter]
    public SwitchParameter NoInterpolation { get; set; }

    /// <summary>Does not check what several sections say about one another.</summary>
    [Parameter]
    public SwitchParameter NoConsistency { get; set; }

    /// <summary>
    /// Leaves out what is filled in where the files say nothing: names, the default network, implied dependencies, Dockerfiles.
    /// </summary>
    [Parameter]
    [Alias("NoNormalize")]
    public SwitchParameter NoNormalization { get; set; }

    /// <summary>Keeps networks, volumes, secrets and configs that no service uses.</summary>
    [Parameter]
    [Alias("AllResources")]
    public SwitchParameter AllResource { get; set; }

    /// <summary>Leaves relative paths as they are.</summary>
    [Parameter]
    public SwitchParameter NoPathResolution { get; set; }

    /// <summary>Leaves the files under env_file unread, and lists them.</summary>
    [Parameter]
    public SwitchParameter NoEnvironmentResolution { get; set; }

    /// <summary>Names each image by the digest its registry has for it now.</summary>
    [Parameter]
    public SwitchParameter ResolveImageDigest { get; set; }

    /// <summary>Returns nothing but the services' images, by digest: a file to lay over the project's own.</summary>
    [Parameter]
    public SwitchParameter LockImageDigest { get; set; }

    /// <summary>Logins by registry, before those docker knows: @{ 'registry.example' = $credential }.</summary>
    [Parameter]
    [RegistryLogins]
    public Hashtable? RegistryCredential { get; set; }

    private protected override IReadOnlyDictionary<string, RegistryLogin> RegistryLogins =>
        RegistryLoginsAttribute.Read(RegistryCredential);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Contradicts(
            (ResolveImageDigest || LockImageDigest) && NoInterpolation
                ? "-NoInterpolation leaves the names of images open, so no registry can be asked about them."
                : null))
            return;
        if (LoadProject(Change) is not { } project || WithDigests(project) is not { } resolved)
            return;
        project = resolved;
        switch (ParameterSetName)
        {
            case "Yaml":
                WriteObject(ConfigWriter.ToYaml(project));
                break;
            case "Json":
                WriteObject(ConfigWriter.ToJson(project));
                break;
            case "Hash":
                WriteObject(
                    project.Services.Values.Select(service =>
                        new ComposeServiceHash(project.Name, service.Name, ConfigHash.Of(service))),
                    enumerateCollection: true);
                break;
            case "Image":
                WriteObject(project.Services.Values.Select(project.ImageOf).Distinct(), enumerateCollection: true);
                break;
            case "Provenance":
                WriteObject(ProvenanceReader.Read(project), enumerateCollection: true);
                break;
            case "Variable":
                if (Service is { Length: > 0 })
                    WriteWarning("-Variable lists the variables of the whole project: -Service leaves none of them out.");
                WriteObject(VariableReader.Read(project), enumerateCollection: true);
                break;
            default:
                WriteObject(project);
                break;
        }
    }

    /// <summary>
    /// Adds digests to the images' names, if asked for; null, with the error written, if a registry does not return one.
    /// </summary>
    private ComposeProject? WithDigests(ComposeProject project)
    {
        if (!ResolveImageDigest && !LockImageDigest)
            return project;
        var resolved = Session(EngineHost) is { } session
            ? TryRun((_, cancellationToken) => session.Digests.ResolveAsync(project, cancellationToken))
            : null;
        return resolved is not null && LockImageDigest ? DigestOperations.ImagesAlone(resolved) : resolved;
    }

    private LoadRequest Change(LoadRequest request) => request with
    {
        Services = Service ?? [],
        Interpolation = !NoInterpolation && !Variable,
        Consistency = !NoConsistency && !Variable,
        AllResources = AllResource,
        Normalization = !NoNormalization,
        PathResolution = !NoPathResolution,
        EnvironmentResolution = !NoEnvironmentResolution,
        ForCreation = !Image && !Variable,
    };
}
