using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Copy;
using Compose.Images;
using Compose.State;
using Compose.Streams;

namespace Compose.Execute.Watch;

/// <summary>Carries changes over into one container: deletions first, then all files in one archive.</summary>
internal sealed class WatchSync(EngineClient engine, ComposeContainer container, IEventSink sink, CancellationToken cancellationToken)
{
    /// <summary>A command line has an end.</summary>
    private const int PathsAtOnce = 200;

    /// <summary>The octets copied.</summary>
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
            throw WatchErrors.DeleteFailed.Exception($"{paths.Count} files cannot be deleted in {container.Container}, which does not run.", container.Container, "Start the container, or recreate it.");
        for (var index = 0; index < paths.Count; index += PathsAtOnce)
        {
            var output = new CommandOutput.Kept();
            var request = new ExecRequest { Command = ["rm", "-rf", "--", .. paths.Skip(index).Take(PathsAtOnce)] };
            var end = await ExecRun.RunAsync(engine, container.Id, container.Container, request, output, cancellationToken).ConfigureAwait(false);
            if (end?.ExitCode is not 0)
                throw WatchErrors.DeleteFailed.Exception($"Files cannot be deleted in {container.Container}: {(output.StandardError + output.StandardOutput).Trim()}", container.Container);
        }
    }

    private async Task<long> CopyAsync(List<SyncItem> items)
    {
        try
        {
            return await SendAsync(items, ownedByUser: true).ConfigureAwait(false);
        }
        catch (ComposeException exception) when (exception.Info.Message.IndexOf("unable to find", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            // A user by number alone, whom the engine looks for in vain: the files keep the owner they have here.
            return await SendAsync(items, ownedByUser: false).ConfigureAwait(false);
        }
    }

    private async Task<long> SendAsync(List<SyncItem> items, bool ownedByUser)
    {
        var meter = new CopyMeter(container.Container, "Syncing", null, sink);
        using var content = new TarContent(WriteAsync, cancellationToken);
        meter.Begin();
        await engine.Archives.PutAsync(container.Id, "/", content, ownedByUser, cancellationToken).ConfigureAwait(false);
        meter.End();
        return meter.Bytes;

        async Task WriteAsync(TarWriter tar)
        {
            var packer = new HostPacker(tar, meter, sink, cancellationToken);
            foreach (var item in items)
            {
                // What went in the meantime comes again as a deletion. Directories that hold files are made on the way.
                if (HostPaths.Item(item.Path) is { } file && !(file is DirectoryInfo && items.Any(other => WatchRule.Relative(item.Path, other.Path) is { Length: > 0 })))
                    await packer.AddAloneAsync(file, item.ContainerPath.TrimStart('/')).ConfigureAwait(false);
            }
        }
    }
}
