using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Describe;
using Compose.Execute.Session;
using Compose.State.Reading;

namespace Compose.Execute.Operations;

/// <summary>Writes compose files for existing containers.</summary>
internal sealed class DescribeOperations(ProjectSession session)
{
    /// <summary>
    /// A compose file that would create the same containers; null if none of them exists. Each missing container is an error.
    /// </summary>
    public async Task<string?> ComposeFileAsync(DescribeRequest request, IEventSink sink, CancellationToken cancellationToken)
    {
        var inspected = new Dictionary<string, ContainerInspect>(StringComparer.Ordinal);
        foreach (var name in request.Containers.Concat(await NamesAsync(request, cancellationToken).ConfigureAwait(false)))
        {
            try
            {
                var container = await session.Engine.Containers.InspectAsync(name, cancellationToken).ConfigureAwait(false);
                inspected[container.Id] = container;
            }
            catch (ComposeException exception) when (exception.Info.Id == EngineErrors.ContainerNotFound.Id)
            {
                sink.Emit(new ErrorEvent(exception.Info with { Target = name }));
            }
        }

        if (inspected.Count == 0)
            return null;
        var images = new Dictionary<string, ImageInspect?>(StringComparer.Ordinal);
        foreach (var image in inspected.Values.Select(container => container.Image).Distinct())
            images[image] = await ImageAsync(image, cancellationToken).ConfigureAwait(false);
        var info = await session.Engine.System.InfoAsync(cancellationToken).ConfigureAwait(false);
        var cgroup = info.CgroupVersion switch { "1" => "host", "2" => "private", _ => null };
        var containers = inspected.Values.Select(container =>
            new DescribedContainer(
                container, images[container.Image]?.Config,
                ImageName(container, images[container.Image])) { DefaultCgroup = cgroup })
                .ToList();
        foreach (var container in containers.Where(container => container.UnsupportedSettings.Any()))
            sink.Emit(
                new WarningEvent(
                    $"A compose file cannot say {string.Join(" nor ", container.UnsupportedSettings)}, which container "
                        + $"{container.Name} was made with."));
        return ProjectDescription.Yaml(ProjectDescription.Of(request.Name, containers,
            await session.Engine.Networks.ListAsync(null, cancellationToken)
                .ConfigureAwait(false), await session.Engine.Volumes.ListAsync(null, cancellationToken).ConfigureAwait(false)));
    }

    private async Task<IEnumerable<string>> NamesAsync(DescribeRequest request, CancellationToken cancellationToken)
    {
        if (request.ProjectName is null)
            return [];
        var found = await session.Containers.RequireAsync(request.ProjectName, cancellationToken).ConfigureAwait(false);
        var replicas = found.Where(container => !container.OneOff).ToList();
        foreach (var name in request.Services.Except(replicas.Select(container => container.Service)))
            throw StateErrors.ServiceNotFound.Exception(
                $"Project '{request.ProjectName}' has no container of service '{name}'.", name);
        return replicas.Where(container => request.Services.Count == 0 || request.Services.Contains(container.Service))
            .Select(container => container.Container);
    }

    /// <summary>The image a container was made from; null if it was removed.</summary>
    private Task<ImageInspect?> ImageAsync(string id, CancellationToken cancellationToken) =>
        StateReader.PresentAsync(session.Engine.Images.InspectAsync(id, cancellationToken));

    /// <summary>The image name the container was created with; if that was an id or part of one, a name of the image.</summary>
    private static string ImageName(ContainerInspect container, ImageInspect? image) =>
        container.Image.StartsWith("sha256:" + container.Config.Image.Replace("sha256:", ""), StringComparison.Ordinal)
            && image?.RepoTags is { Count: > 0 } tags
            ? tags[0]
            : container.Config.Image;
}

/// <summary>The containers to write a compose file for.</summary>
internal sealed record DescribeRequest
{
    /// <summary>Names or ids.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>A project whose replicas are included, or null.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The services of that project to include; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The project name to write; null for the containers' project.</summary>
    public string? Name { get; init; }
}
