using Compose.Errors;
using Compose.Events;
using Compose.Files.Reading;
using Compose.Images.Tar;

namespace Compose.Execute.Copy;

/// <summary>The archive to send to a container, and where to unpack it.</summary>
/// <param name="Content">The archive.</param>
/// <param name="Directory">The directory in the container.</param>
/// <param name="Source">The path copied from; empty for content.</param>
/// <param name="Destination">The path written to.</param>
internal sealed record CopyBody(HttpContent Content, string Directory, string Source, string Destination)
{
    /// <param name="input">What to copy.</param>
    /// <param name="target">The destination.</param>
    /// <param name="now">The time for content that is not a file.</param>
    /// <param name="meter">Counts what is copied.</param>
    /// <param name="sink">Takes warnings.</param>
    /// <param name="cancellationToken">Ends the packing.</param>
    public static CopyBody Of(
        CopyInput input, CopyTarget target, DateTime now, CopyProgress meter, IEventSink sink,
        CancellationToken cancellationToken)
    {
        switch (input)
        {
            case CopyInput.HostPath host:
                var (source, item) = HostPaths.Source(host.Path, host.FollowLink);
                var placement = CopyPlacement.Of(source, target);
                var packed = new TarContent(
                    tar => new HostPacker(tar, meter, sink, cancellationToken).AddAsync(item, placement.To), cancellationToken);
                return new CopyBody(
                    packed, placement.Directory, host.Path,
                    placement.To == "." ? placement.Directory : placement.Directory.TrimEnd('/') + "/" + placement.To);
            case CopyInput.Content content:
                if (target.IsDirectory || target.AssertsDirectory)
                    throw CopyErrors.FileOverDirectory.Exception(
                        $"'{target.Path}' is a directory; content needs the name of a file.", target.Path);
                return new CopyBody(new TarContent(WriteAsync, cancellationToken), target.Directory, "", target.Full);

                async Task WriteAsync(TarWriter tar)
                {
                    using var memory = new MemoryStream(content.Octets);
                    await tar.AddFileAsync(
                        target.Name, memory, memory.Length, new TarWriter.Attributes(UnixMode.OrdinaryFile, now),
                        cancellationToken).ConfigureAwait(false);
                    meter.Add(memory.Length);
                    meter.Item();
                }

            case CopyInput.Archive archive:
                if (!target.IsDirectory)
                    throw CopyErrors.NotADirectory.Exception(
                        $"'{target.Path}' is no directory to unpack an archive in.", target.Path);
                var whole = new ByteArrayContent(archive.Octets);
                whole.Headers.ContentType = new("application/x-tar");
                meter.Add(archive.Octets.Length);
                return new CopyBody(whole, target.Full, "", target.Full);
            default:
                throw new ArgumentOutOfRangeException(nameof(input));
        }
    }
}
