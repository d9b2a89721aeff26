using System.Text;
using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Copy;
using Compose.Images.Tar;
using Compose.State;
using Compose.Streams.Exec;

namespace Compose.Execute.Watch;

/// <summary>Applies changes to one container: deletions first, then all files in one archive.</summary>
internal sealed class WatchSync(
    EngineClient engine, ComposeContainer container, IEventSink sink, CancellationToken cancellationToken)
{
    /// <summary>The length of a command line is limited; the lowest limit is 128 KiB.</summary>
    private const int OctetsAtOnce = 100_000;

    /// <summary>Applies the changes and returns the number of bytes copied.</summary>
    public async Task<long> RunAsync(IReadOnlyList<SyncItem> items)
    {
        var deleted = items.Where(item => item.Deleted).Select(item => item.ContainerPath).ToList();
        if (deleted.Count > 0)
            await DeleteAsync(deleted).ConfigureAwait(false);
        var written = items.Where(item => !item.Deleted).ToList();
        return written.Count == 0 ? 0 : await CopyAsync(written).ConfigureAwait(false);
    }

    private async Task DeleteAsync(List<string> paths)
    {
        if (container.State != "Running")
            throw WatchErrors.DeleteFailed.Exception(
                $"{paths.Count} files cannot be deleted in {container.Container}, which does not run.", container.Container,
                "Start the container, or recreate it.");
        foreach (var some in Batches(paths))
        {
            var output = new CommandOutput.Kept();
            var request = new ExecRequest { Command = ["rm", "-rf", "--", .. some] };
            var end = await ExecRun.RunAsync(engine, container.Id, container.Container, request, output, cancellationToken)
                .ConfigureAwait(false);
            if (end?.ExitCode is not 0)
                throw WatchErrors.DeleteFailed.Exception(
                    $"Files cannot be deleted in {container.Container}: {(output.StandardError + output.StandardOutput).Trim()}",
                    container.Container);
        }
    }

    /// <summary>Splits the paths into portions that each fit on a command line.</summary>
    internal static IEnumerable<IReadOnlyList<string>> Batches(IEnumerable<string> paths)
    {
        var portion = new List<string>();
        var octets = 0;
        foreach (var path in paths)
        {
            // The terminator of each argument and its pointer count as well.
            var more = Encoding.UTF8.GetByteCount(path) + 1 + sizeof(long);
            if (portion.Count > 0 && octets + more > OctetsAtOnce)
            {
                yield return portion;
                (portion, octets) = ([], 0);
            }

            portion.Add(path);
            octets += more;
        }

        if (portion.Count > 0)
            yield return portion;
    }

    private async Task<long> CopyAsync(List<SyncItem> items)
    {
        try
        {
            return await SendAsync(items, ownedByUser: true).ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Refusal == EngineRefusal.UnknownUser)
        {
            // The container's user is a number without a name: the files keep the owner they have here.
            return await SendAsync(items, ownedByUser: false).ConfigureAwait(false);
        }
    }

    private async Task<long> SendAsync(List<SyncItem> items, bool ownedByUser)
    {
        var meter = new CopyProgress(container.Container, "Syncing", null, sink);
        using var content = new TarContent(WriteAsync, cancellationToken);
        meter.Begin();
        await engine.Containers.PutArchiveAsync(container.Id, "/", content, ownedByUser, cancellationToken).ConfigureAwait(false);
        meter.End();
        return meter.Bytes;

        async Task WriteAsync(TarWriter tar)
        {
            var packer = new HostPacker(tar, meter, sink, cancellationToken);
            foreach (var item in items)
            {
                // A file deleted meanwhile arrives later as a deletion. Directories of files are created with the files.
                if (HostPaths.Item(item.Path) is { } file
                    && !(
                        file is DirectoryInfo
                            && items.Any(other => WatchRule.Relative(item.Path, other.Path) is { Length: > 0 })))
                    await packer.AddAloneAsync(file, item.ContainerPath.TrimStart('/')).ConfigureAwait(false);
            }
        }
    }
}
