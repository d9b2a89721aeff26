using System.Management.Automation;
using Compose.Model.Graph;
using Compose.Module.Common;
using Compose.Module.Completion;

namespace Compose.Module.Commands;

/// <summary>
/// Returns a project's services, networks and volumes, and how they hang together, as the text of a diagram: Mermaid or Graphviz
/// DOT.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ComposeGraph")]
[OutputType(typeof(string))]
public sealed class GetComposeGraphCommand : ProjectCommand
{
    /// <summary>The services to show, with what they depend on; wildcards are allowed; without it, all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>The diagram's language: Mermaid, which many Markdown viewers draw, or Dot for Graphviz.</summary>
    [Parameter]
    [ValidateSet("Mermaid", "Dot")]
    public string Format { get; set; } = "Mermaid";

    /// <summary>Writes each service's image.</summary>
    [Parameter]
    public SwitchParameter Image { get; set; }

    /// <summary>Writes each service's published ports.</summary>
    [Parameter]
    public SwitchParameter Port { get; set; }

    /// <summary>Leaves networks out.</summary>
    [Parameter]
    public SwitchParameter NoNetwork { get; set; }

    /// <summary>Leaves volumes out.</summary>
    [Parameter]
    public SwitchParameter NoVolume { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (LoadProject(request => request with { Services = Service ?? [], ForCreation = false }) is not { } project)
            return;
        var graph = ProjectGraph.Of(project, new GraphOptions(!NoNetwork, !NoVolume, Image, Port));
        WriteObject(Format.Equals("Dot", StringComparison.OrdinalIgnoreCase) ? DotText.Write(graph) : MermaidText.Write(graph));
    }
}
