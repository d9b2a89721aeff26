using System.Collections;
using System.Management.Automation;
using Compose.Module.Common.Pipeline;
using Compose.Streams.Exec;

namespace Compose.Module.Common;

/// <summary>The base of cmdlets that run a command in an existing container.</summary>
public abstract class ExecCommand : ReplicaCommand
{
    /// <summary>Variables of the command: @{ NAME = 'value' }, or NAME=value; a name alone takes this shell's value.</summary>
    [Parameter]
    [Alias("e")]
    [Variables]
    public Hashtable? Environment { get; set; }

    /// <summary>The user the command runs as: a name or a number, with :group if need be.</summary>
    [Parameter]
    [Alias("u")]
    public string? User { get; set; }

    /// <summary>The directory the command starts in.</summary>
    [Parameter]
    [Alias("w")]
    public string? WorkingDirectory { get; set; }

    /// <summary>Gives the command extended privileges: all rights on the host's kernel.</summary>
    [Parameter]
    public SwitchParameter Privileged { get; set; }

    /// <summary>
    /// Takes an argument of the command that would be short for several parameters, so that nothing runs without it.
    /// </summary>
    [Parameter(DontShow = true)]
    [Alias("c", "co", "con", "cont", "en", "eng", "engi", "engin", "engine", "env", "er", "err", "erro", "error", "i", "in",
        "inf", "info", "infor", "inform", "informa", "informat", "informati", "informatio", "information", "p", "pr", "pro",
        "proj", "proje", "projec", "s", "war", "warn", "warni", "warnin", "warning")]
    public SwitchParameter MisplacedArgument { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        MisplacedArguments.Refuse(this, MisplacedArgument);
    }

    /// <summary>The request for a command, from the parameters.</summary>
    private protected ExecRequest Request(IReadOnlyList<string> command) => new()
    {
        Command = command,
        Environment = VariablesAttribute.Environment(Environment),
        User = User,
        WorkingDirectory = WorkingDirectory,
        Privileged = Privileged,
    };
}
