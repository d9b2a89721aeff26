using Compose.Files;

namespace Compose.Plan.Prepare;

/// <summary>A file that goes into a container before it starts.</summary>
internal sealed record InjectedFile(string Path, InjectedContent Content, int Mode, int UserId, int GroupId);

/// <summary>
/// Where a file's content comes from. What is secret or large is fetched when it is needed, and never part of a plan.
/// </summary>
internal abstract record InjectedContent
{
    /// <summary>Text the compose file, or a variable, holds.</summary>
    internal sealed record Text(string Value) : InjectedContent
    {
        public override string ToString() => "text";
    }

    /// <summary>A file of this machine; <paramref name="Origin"/> is where the compose file names it.</summary>
    internal sealed record HostFile(string Path, Origin Origin) : InjectedContent;

    /// <summary>Docker's configuration with the logins this machine has.</summary>
    internal sealed record RegistryLogins : InjectedContent;
}
