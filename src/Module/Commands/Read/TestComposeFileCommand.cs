using System.Management.Automation;
using Compose.Module.Common;

namespace Compose.Module.Commands;

/// <summary>Answers whether a project's files are right; what is wrong with them is written as errors and warnings.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ComposeFile")]
[OutputType(typeof(bool))]
public sealed class TestComposeFileCommand : ProjectCommand
{
    /// <summary>The compose files, base first. Without it they are searched for from the current directory upwards.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public override string[]? Path { get; set; }

    /// <summary>Does not check what several sections say about one another.</summary>
    [Parameter]
    public SwitchParameter NoConsistency { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(LoadProject(request => request with { Consistency = !NoConsistency }) is not null);
}
