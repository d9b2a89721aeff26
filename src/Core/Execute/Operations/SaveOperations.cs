using System.Text.RegularExpressions;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Copy;
using Compose.Execute.Session;
using Compose.Images.Registry;
using Compose.State;

namespace Compose.Execute.Operations;

/// <summary>Saves a container as an image, or its files as an archive.</summary>
internal sealed class SaveOperations(ProjectSession session)
{
    private static readonly Regex ImageNameForm = new(
        @"^(?:[a-z0-9.-]+(?::[0-9]+)?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$",
        RegexOptions.CultureInvariant);

    /// <summary>Makes an image from a container.</summary>
    public async Task<ComposeImageResult> CommitAsync(
        ComposeContainer container, CommitRequest request, CancellationToken cancellationToken)
    {
        var name = request.Image is null ? null : Named(request.Image);
        var query = new CommitQuery(name?.Name, name?.Tag, request.Message, request.Author, request.Pause, request.Changes);
        var id = await session.Engine.Containers.CommitAsync(container.Id, query, cancellationToken).ConfigureAwait(false);
        return new ComposeImageResult
        {
            EngineHost = session.EngineHost,
            ProjectName = container.ProjectName,
            Service = container.Service,
            Container = container.Container,
            Image = name?.ToString() ?? id,
            Result = "Committed",
            Id = id,
        };
    }

    /// <summary>
    /// Writes a container's file system to a tar file, which gets its name only when it is complete. Returns its path.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <param name="path">An absolute path. If it is a directory, the file is named after the container.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="sink">Receives progress.</param>
    /// <param name="cancellationToken">Ends the writing and removes the incomplete file.</param>
    public async Task<string> ExportAsync(
        ComposeContainer container, string path, bool overwrite, IEventSink sink, CancellationToken cancellationToken)
    {
        var target = HostPaths.Target(path);
        if (target is { Exists: false, AssertsDirectory: true })
            throw CopyErrors.NoDestination.Exception($"There is no directory '{path}'.", path);
        var file = target.IsDirectory ? Path.Combine(target.Full, container.Container + ".tar") : target.Full;
        if (!overwrite && File.Exists(file))
            throw CopyErrors.FileExists.Exception($"There is a file '{file}' already.", file);
        var content = await session.Engine.Containers.ExportAsync(container.Id, cancellationToken).ConfigureAwait(false);
        using (content)
        {
            var meter = new CopyProgress(container.Container, "Exporting", null, sink);
            meter.Begin();
            try
            {
                using var pending = new PendingFile(file);
                await pending.WriteAsync(
                    new byte[64 * 1024], buffer => content.ReadAsync(buffer, 0, buffer.Length, cancellationToken),
                    meter.Add).ConfigureAwait(false);
                pending.Commit();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw CopyErrors.Unwritable.Exception($"'{file}' cannot be written: {exception.Message}", file, inner: exception);
            }

            meter.End();
        }

        return file;
    }

    private static ImageReference Named(string image)
    {
        var name = ImageReference.Parse(image);
        return name.Digest is null && ImageNameForm.IsMatch(image)
            ? name
            : throw CopyErrors.ImageName.Exception($"'{image}' cannot name an image.", image);
    }
}

/// <summary>The image to make from a container.</summary>
internal sealed record CommitRequest
{
    /// <summary>Its name; null for none.</summary>
    public string? Image { get; init; }
    public string? Author { get; init; }
    public string? Message { get; init; }

    /// <summary>Dockerfile instructions to apply.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Whether to pause the container during the commit.</summary>
    public bool Pause { get; init; } = true;
}
