using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Describe;
using Compose.State.Reading;

namespace Compose.Execute.Session;

internal sealed partial class ProjectSession
{
    /// <summary>
    /// A compose file that makes containers like those there are; null where none of them exists. A container that does not is an
    /// error by itself.
    /// </summary>
    public async Task<string?> DescribeAsync(DescribeRequest request, IEventSink sink, CancellationToken cancellationToken)
    {
        var inspected = new Dictionary<string, ContainerInspect>(StringComparer.Ordinal);
        foreach (var name in request.Containers.Concat(await NamesAsync(request, cancellationToken).ConfigureAwait(false)))
        {
            try
            {
                var container = await Engine.Containers.InspectAsync(name, cancellationToken).ConfigureAwait(false);
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
        var info = await Engine.System.InfoAsync(cancellationToken).ConfigureAwait(false);
        var cgroup = info.CgroupVersion switch { "1" => "host", "2" => "private", _ => null };
        var containers = inspected.Values.Select(container =>
            new DescribedContainer(
                container, images[container.Image]?.Config,
                ImageName(container, images[container.Image])) { DefaultCgroup = cgroup })
                .ToList();
        foreach (var container in containers.Where(container => container.Unsaid.Any()))
            sink.Emit(
                new WarningEvent(
                    $"A compose file cannot say {string.Join(" nor ", container.Unsaid)}, which container {container.Name} was "
                        + "made with."));
        return ProjectDescription.Yaml(ProjectDescription.Of(request.Name, containers,
            await Engine.Networks.ListAsync(null, cancellationToken)
                .ConfigureAwait(false), await Engine.Volumes.ListAsync(null, cancellationToken).ConfigureAwait(false)));
    }

    private async Task<IEnumerable<string>> NamesAsync(DescribeRequest request, CancellationToken cancellationToken)
    {
        if (request.ProjectName is null)
            return [];
        var found = await RequiredAsync(request.ProjectName, cancellationToken).ConfigureAwait(false);
        var replicas = found.Where(container => !container.OneOff).ToList();
        foreach (var name in request.Services.Except(replicas.Select(container => container.Service)))
            throw StateErrors.ServiceNotFound.Exception(
                $"Project '{request.ProjectName}' has no container of service '{name}'.", name);
        return replicas.Where(container => request.Services.Count == 0 || request.Services.Contains(container.Service))
            .Select(container => container.Container);
    }

    /// <summary>The image a container was made from; null once it is gone.</summary>
    private Task<ImageInspect?> ImageAsync(string id, CancellationToken cancellationToken) =>
        StateReader.PresentAsync(Engine.Images.InspectAsync(id, cancellationToken));

    /// <summary>The name it was made by; where that was an id, or the beginning of one, a name the image has.</summary>
    private static string ImageName(ContainerInspect container, ImageInspect? image) =>
        container.Image.StartsWith("sha256:" + container.Config.Image.Replace("sha256:", ""), StringComparison.Ordinal)
            && image?.RepoTags is { Count: > 0 } tags
            ? tags[0]
            : container.Config.Image;
}

/// <summary>Which containers a compose file is made for.</summary>
internal sealed record DescribeRequest
{
    /// <summary>Names or ids.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>A project whose replicas are meant as well, or null.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The services of that project; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The name of the project in the file; null: that of the containers.</summary>
    public string? Name { get; init; }
}
