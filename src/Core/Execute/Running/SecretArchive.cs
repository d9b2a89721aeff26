using System.Text;
using Compose.Engine.Api;
using Compose.Files.Reading;
using Compose.Images.Registry;
using Compose.Images.Tar;
using Compose.Plan.Prepare;

namespace Compose.Execute.Running;

/// <summary>Packs files for a container, with owner and mode.</summary>
internal static class SecretArchive
{
    /// <param name="files">The files, by absolute path in the container.</param>
    /// <param name="credentials">The local logins, for a file that contains them.</param>
    /// <param name="cancellationToken">Ends the packing.</param>
    public static async Task<byte[]> WriteAsync(
        IReadOnlyList<InjectedFile> files, RegistryCredentials? credentials, CancellationToken cancellationToken)
    {
        using var archive = new MemoryStream();
        var tar = new TarWriter(archive);
        foreach (var file in files)
        {
            var octets = file.Content switch
            {
                InjectedContent.Text text => Encoding.UTF8.GetBytes(text.Value),
                InjectedContent.HostFile host => FileContent.Read(host.Path, host.Origin),
                _ => credentials is null ? [] : await credentials.AllAsync(cancellationToken).ConfigureAwait(false),
            };
            using var content = new MemoryStream(octets);
            // Content has no time; a fixed time makes the archive reproducible.
            var attributes = new TarWriter.Attributes(file.Mode, UnixTime.Epoch, file.UserId, file.GroupId);
            await tar.AddFileAsync(Entry(file.Path), content, octets.Length, attributes, cancellationToken).ConfigureAwait(false);
        }

        await tar.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return archive.ToArray();
    }

    /// <summary>The path relative to the container's root, which is drive C on Windows.</summary>
    internal static string Entry(string path) =>
        (DrivePath.Is(path) ? path.Substring(2) : path).Replace('\\', '/').TrimStart('/');
}
