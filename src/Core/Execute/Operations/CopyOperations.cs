using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Copy;
using Compose.Execute.Session;
using Compose.Images.Tar;
using Compose.State;

namespace Compose.Execute.Operations;

/// <summary>Copies files into and out of containers, by docker cp's rules.</summary>
internal sealed class CopyOperations(ProjectSession session)
{
    /// <summary>Copies into one container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="input">What to copy.</param>
    /// <param name="path">The destination in the container.</param>
    /// <param name="ownedByUser">Whether the container's user becomes the owner of the copies.</param>
    /// <param name="sink">Receives progress and warnings.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    public async Task<ComposeCopyResult> IntoAsync(
        ComposeContainer container, CopyInput input, string path, bool ownedByUser, IEventSink sink,
        CancellationToken cancellationToken)
    {
        var target = await TargetAsync(container, path, cancellationToken).ConfigureAwait(false);
        var meter = new CopyProgress($"{container.Container}:{path}", "Copying to", null, sink);
        var body = CopyBody.Of(input, target, session.StartTime, meter, sink, cancellationToken);
        using var content = body.Content;
        meter.Begin();
        try
        {
            await session.Engine.Containers.PutArchiveAsync(container.Id, body.Directory, content, ownedByUser, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ComposeException exception) when (exception.Info.Id == EngineErrors.NotFound.Id)
        {
            throw CopyErrors.NoDestination.Exception(
                $"{container.Container} has no directory '{body.Directory}'.", path, inner: exception);
        }
        catch (EngineException exception) when (exception.Refusal == EngineRefusal.ReadOnly)
        {
            throw CopyErrors.ReadOnly.Exception(
                $"'{path}' of {container.Container} is read-only: {exception.Info.Message}", path, inner: exception);
        }

        meter.End();
        return Result(container, meter, "IntoContainer", body.Source, body.Destination);
    }

    /// <summary>Copies out of one container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="path">The path to copy.</param>
    /// <param name="destination">An absolute local path. A slash or /. at its end means that it is a directory.</param>
    /// <param name="followLink">Whether to copy what a link points to.</param>
    /// <param name="sink">Receives progress and errors of refused entries.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    public async Task<ComposeCopyResult> FromAsync(
        ComposeContainer container, string path, string destination, bool followLink, IEventSink sink,
        CancellationToken cancellationToken)
    {
        var target = HostPaths.Target(destination);
        var (stat, source, content) = await OpenAsync(container, path, followLink, cancellationToken).ConfigureAwait(false);
        using (content)
        {
            var placement = CopyPlacement.Of(source, target);
            var meter = new CopyProgress(
                $"{container.Container}:{path}", "Copying from", stat.IsDirectory ? null : stat.Size, sink);
            meter.Begin();
            await new ArchiveExtractor(placement, meter, sink)
                .ExtractAsync(new TarReader(content), cancellationToken).ConfigureAwait(false);
            meter.End();
            return Result(
                container, meter, "FromContainer", path,
                placement.To == "." ? placement.Directory : Path.Combine(placement.Directory, placement.To));
        }
    }

    /// <summary>Reads a path as the archive that the engine sends.</summary>
    public async Task<byte[]> ReadArchiveAsync(
        ComposeContainer container, string path, bool followLink, CancellationToken cancellationToken)
    {
        var (_, _, content) = await OpenAsync(container, path, followLink, cancellationToken).ConfigureAwait(false);
        using (content)
        {
            using var memory = new MemoryStream();
            await content.CopyToAsync(memory, 64 * 1024, cancellationToken).ConfigureAwait(false);
            return memory.ToArray();
        }
    }

    /// <summary>Opens a path, and follows a link if asked to.</summary>
    private async Task<(PathStat Stat, CopySource Source, Stream Content)> OpenAsync(
        ComposeContainer container, string path, bool followLink, CancellationToken cancellationToken)
    {
        var asked = ContainerPaths.Clean(path);
        var real = followLink
            && await session.Engine.Containers.StatPathAsync(container.Id, asked, cancellationToken)
                .ConfigureAwait(false) is { IsLink: true } link
            ? ContainerPaths.Follow(asked, link.LinkTarget)
            : asked;
        try
        {
            var (stat, content) = await session.Engine.Containers.GetArchiveAsync(container.Id, real, cancellationToken)
                .ConfigureAwait(false);
            return (
                stat, new CopySource(path, ContainerPaths.Split(real).Name, ContainerPaths.Split(asked).Name, stat.IsDirectory),
                content);
        }
        catch (ComposeException exception) when (exception.Info.Id == EngineErrors.NotFound.Id)
        {
            throw CopyErrors.NoSource.Exception(
                $"{container.Container} has no file or directory '{path}'.", path, inner: exception);
        }
        catch (EngineException exception) when (ContainerPaths.AssertsDirectory(asked)
            && exception.Refusal == EngineRefusal.NotADirectory)
        {
            throw CopyErrors.NotADirectory.Exception(
                $"'{path}' of {container.Container} is not a directory.", path, inner: exception);
        }
    }

    /// <summary>What is at the destination; a link there is followed.</summary>
    private async Task<CopyTarget> TargetAsync(ComposeContainer container, string path, CancellationToken cancellationToken)
    {
        var full = ContainerPaths.Clean(path);
        var stat = await session.Engine.Containers.StatPathAsync(container.Id, full, cancellationToken).ConfigureAwait(false);
        if (stat is { IsLink: true })
        {
            full = ContainerPaths.Follow(full, stat.LinkTarget);
            stat = await session.Engine.Containers.StatPathAsync(container.Id, full, cancellationToken).ConfigureAwait(false);
        }

        if (stat is { IsSpecial: true })
            throw CopyErrors.SpecialDestination.Exception(
                $"'{path}' of {container.Container} is a device, a pipe or a socket.", path);
        var trimmed = full.EndsWith("/.", StringComparison.Ordinal) ? full.Substring(0, full.Length - 2) : full.TrimEnd('/');
        var (directory, name) = ContainerPaths.Split(trimmed.Length == 0 ? "/" : trimmed);
        return new CopyTarget
        {
            Path = path, Full = trimmed.Length == 0 ? "/" : trimmed, Directory = directory, Name = name,
            AssertsDirectory = ContainerPaths.AssertsDirectory(full), Exists = stat is not null,
            IsDirectory = stat is { IsDirectory: true },
        };
    }

    private ComposeCopyResult Result(
        ComposeContainer container, CopyProgress meter, string direction, string source, string destination) =>
        new()
        {
            EngineHost = session.EngineHost,
            ProjectName = container.ProjectName,
            Service = container.Service,
            Container = container.Container,
            Replica = container.Replica,
            Direction = direction,
            Source = source,
            Destination = destination,
            Items = meter.Items,
            Bytes = meter.Bytes,
        };
}
