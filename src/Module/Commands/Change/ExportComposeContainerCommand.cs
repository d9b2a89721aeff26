using System.Management.Automation;
using Compose.Module.Common;

namespace Compose.Module.Commands;

/// <summary>Writes a container's file system to a tar archive.</summary>
[Cmdlet(VerbsData.Export, "ComposeContainer", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportComposeContainerCommand : ReplicaCommand
{
    /// <summary>The file to write; in a directory it gets the container's name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string OutFile { get; set; } = "";

    /// <summary>Overwrites a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Choice() is not { } choice || Session(EngineHost) is not { } session
            || Containers(session, choice) is not { } containers)
            return;
        var file = ResolveLiteral(OutFile);
        if (ShouldProcess(OutFile, $"Export {containers[0].Container}")
            && TryRun((sink, cancellationToken) =>
                session.Save.ExportAsync(containers[0], file, Force, sink, cancellationToken)) is { } written
            && PassThru)
            WriteObject(new FileInfo(written));
    }
}
