using Compose.Images;
using Compose.Plan;

namespace Compose.Execute;

/// <summary>Packs files for a container, with their owner and mode.</summary>
internal static class FileArchive
{
    /// <summary>Content has no time of its own; a fixed one makes the archive the same each time.</summary>
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static async Task<byte[]> WriteAsync(IReadOnlyList<InjectedFile> files, CancellationToken cancellationToken)
    {
        using var archive = new MemoryStream();
        var tar = new TarWriter(archive);
        foreach (var file in files)
            await tar.AddTextAsync(file.Path.TrimStart('/'), file.Content, new TarWriter.Attributes(file.Mode, Epoch, file.UserId, file.GroupId), cancellationToken).ConfigureAwait(false);
        await tar.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return archive.ToArray();
    }
}
