using System.Management.Automation;
using Compose.Module.Common;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>
/// Returns the versions at work: this module, docker compose's rules it follows, the engine and the API both speak.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ComposeVersion")]
[OutputType(typeof(ComposeVersion))]
public sealed class GetComposeVersionCommand : EngineCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var module = MyInvocation.MyCommand.Version.ToString();
        var sessions = Sessions(EngineHost);
        if (sessions.Count == 0)
            WriteObject(new ComposeVersion { Module = module, Compose = ComposeVersion.Rules });
        foreach (var session in sessions)
            WriteObject(TryRun((_, cancellationToken) => session.Resources.VersionAsync(module, cancellationToken)));
    }
}
