using System.Management.Automation;
using Compose.Execute;
using Compose.Execute.Operations;
using Compose.Module.Common;
using Compose.Module.Completion;

namespace Compose.Module.Commands;

/// <summary>Makes an image of what a container is now, and returns it.</summary>
[Cmdlet(VerbsData.Save, "ComposeContainer", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeImageResult))]
public sealed class SaveComposeContainerCommand : ReplicaCommand
{
    /// <summary>The image's name: [REGISTRY/]NAME[:TAG]. Without it, the image has its id alone.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string? Image { get; set; }

    /// <summary>The image's author.</summary>
    [Parameter]
    public string? Author { get; set; }

    /// <summary>The message in the image's history.</summary>
    [Parameter]
    public string? Message { get; set; }

    /// <summary>
    /// Instructions of a Dockerfile to apply: ENV A=b, CMD ["sh"], LABEL a=b, EXPOSE 80, USER, WORKDIR, VOLUME, ENTRYPOINT.
    /// </summary>
    [Parameter]
    public string[]? Change { get; set; }

    /// <summary>Leaves the container running meanwhile; what it writes then may be in the image half.</summary>
    [Parameter]
    public SwitchParameter NoPause { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Choice() is not { } choice || Session(EngineHost) is not { } session
            || Containers(session, choice) is not { } containers)
            return;
        var request = new CommitRequest
        {
            Image = Image,
            Author = Author,
            Message = Message,
            Changes = Change ?? [],
            Pause = !NoPause,
        };
        if (ShouldProcess(containers[0].Container, $"Save as {Image ?? "an image without name"}")
            && TryRun((_, cancellationToken) => session.Save.CommitAsync(containers[0], request, cancellationToken)) is { } image)
            WriteObject(image);
    }
}
