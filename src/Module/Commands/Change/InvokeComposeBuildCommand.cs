using System.Collections;
using System.Management.Automation;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Model;
using Compose.Module.Common;
using Compose.Plan;
using Compose.Plan.Input;

namespace Compose.Module.Commands;

/// <summary>Builds the images of services, whether they exist or not.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ComposeBuild", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeImageResult), typeof(Diagnostic))]
public sealed class InvokeComposeBuildCommand : ImageCommand
{
    /// <summary>
    /// Build arguments over the files': @{ VERSION = '3' }, or VERSION=3; a name without a value takes the project's variable.
    /// </summary>
    [Parameter]
    [Variables]
    public Hashtable? BuildArg { get; set; }

    /// <summary>Builds every step anew.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>Pulls the images builds start from even when the engine has them.</summary>
    [Parameter]
    public SwitchParameter Pull { get; set; }

    /// <summary>Pushes what was built.</summary>
    [Parameter]
    public SwitchParameter Push { get; set; }

    /// <summary>Builds what the named services depend on too.</summary>
    [Parameter]
    public SwitchParameter WithDependency { get; set; }

    /// <summary>The memory limit of the build in bytes (512MB); with BuildKit it is ignored, with a warning.</summary>
    [Parameter]
    [ValidateRange(4194304L, long.MaxValue)]
    public long Memory { get; set; }

    /// <summary>
    /// The builder of docker buildx that builds; without it the engine builds, or buildx where the file asks for what the engine
    /// cannot.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Builder { get; set; }

    /// <summary>
    /// The ssh agents or keys builds may use, in place of the files': default, or NAME=PATH. A path is one of the shell's
    /// location.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Ssh { get; set; }

    /// <summary>The provenance attestation, in place of the files': true, false, mode=min or mode=max.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Provenance { get; set; }

    /// <summary>The attestation of what the image is made of, in place of the files': true, false or generator=IMAGE.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Sbom { get; set; }

    /// <summary>Builds nothing: returns what docker buildx 0.15 or newer finds to say about the Dockerfiles.</summary>
    [Parameter]
    public SwitchParameter Check { get; set; }

    private protected override ImageRequest Request() => new()
    {
        Dependencies = WithDependency,
        Push = Push,
        Build = new BuildOptions
        {
            Arguments = VariablesAttribute.Read(BuildArg).ToDictionary(pair => pair.Key, pair => pair.Value),
            NoCache = NoCache,
            Pull = Pull,
            Memory = Memory == 0 ? null : Memory,
            Builder = Builder,
            Ssh = [.. (Ssh ?? []).Select(Located)],
            Provenance = Provenance,
            Sbom = Sbom,
        },
    };

    /// <summary>
    /// Makes the key files of an ssh agent absolute: they are relative to the shell's directory, and buildx runs in the
    /// project's.
    /// </summary>
    private string Located(string agent)
    {
        var start = agent.IndexOf('=') + 1;
        var keys = agent.Substring(start).Split(',').Select(key => key.Length == 0 ? key : ResolveLiteral(key));
        return start == 0 ? agent : agent.Substring(0, start) + string.Join(",", keys);
    }

    private protected override Task<ComposePlan> PlanAsync(
        ProjectSession session, ComposeProject project, ImageRequest request, CancellationToken cancellationToken) =>
        session.Plans.BuildAsync(project, request, cancellationToken);

    private protected override void Finish(ProjectSession session, ComposePlan plan)
    {
        if (!Check)
        {
            base.Finish(session, plan);
            return;
        }

        TryRun(async (sink, cancellationToken) =>
        {
            await session.Images.CheckBuildsAsync(plan, sink, cancellationToken).ConfigureAwait(false);
            return plan;
        });
    }
}
