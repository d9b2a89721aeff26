using Compose.Files;

namespace Compose.Plan.Prepare;

/// <summary>A file that is copied into a container before it starts.</summary>
internal sealed record InjectedFile(string Path, InjectedContent Content, int Mode, int UserId, int GroupId);

/// <summary>
/// The source of a file's content. Secret or large content is read when it is needed and never part of a plan.
/// </summary>
internal abstract record InjectedContent
{
    /// <summary>Text from the compose file or a variable.</summary>
    internal sealed record Text(string Value) : InjectedContent
    {
        public override string ToString() => "text";
    }

    /// <summary>A file of this machine; <paramref name="Origin"/> is where the compose file names it.</summary>
    internal sealed record HostFile(string Path, Origin Origin) : InjectedContent;

    /// <summary>Docker's configuration with the logins of this machine.</summary>
    internal sealed record RegistryLogins : InjectedContent;
}
