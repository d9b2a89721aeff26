using System.Management.Automation;
using Compose.Model;
using Compose.Model.Config;
using Compose.Module.Common;

namespace Compose.Module.Commands;

/// <summary>Returns the resolved project: as objects, or as the text docker compose config prints.</summary>
[Cmdlet(VerbsCommon.Get, "ComposeConfig", DefaultParameterSetName = "Object")]
[OutputType(typeof(ComposeProject), ParameterSetName = ["Object"])]
[OutputType(typeof(string), ParameterSetName = ["Yaml", "Json"])]
public sealed class GetComposeConfigCommand : ProjectCommand
{
    /// <summary>The services to keep, with what they depend on; without it, all.</summary>
    [Parameter(Position = 0)]
    public string[]? Service { get; set; }

    /// <summary>Returns YAML.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Yaml")]
    public SwitchParameter AsYaml { get; set; }

    /// <summary>Returns JSON.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Json")]
    public SwitchParameter AsJson { get; set; }

    /// <summary>Leaves ${VARIABLES} as they are.</summary>
    [Parameter]
    public SwitchParameter NoInterpolation { get; set; }

    /// <summary>Does not check what several sections say about one another.</summary>
    [Parameter]
    public SwitchParameter NoConsistency { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var project = LoadProject(request => request with { Services = Service ?? [], Interpolation = !NoInterpolation, Consistency = !NoConsistency });
        if (project is null)
            return;
        WriteObject(AsYaml ? ConfigWriter.ToYaml(project) : AsJson ? ConfigWriter.ToJson(project) : project);
    }
}
