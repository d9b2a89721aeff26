using Compose.Images.Registry;
using Compose.Model;

namespace Compose.Execute.Session;

/// <summary>Images named by what their registries have for them now.</summary>
internal sealed partial class ProjectSession
{
    /// <summary>
    /// The project with the digest in the name of each image: the services', their hooks' and those that are mounted.
    /// </summary>
    /// <exception cref="Errors.ComposeException">A registry refuses, does not have an image, or does not answer.</exception>
    public async Task<ComposeProject> WithDigestsAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        var images = project.Services.Values.SelectMany(Images).Distinct().ToList();
        var digests = await Task.WhenAll(
            images.Select(image => RegistryDigest.OfAsync(Engine, image, _credentials, cancellationToken))).ConfigureAwait(false);
        var named = images.Zip(digests, (image, digest) => (image, digest))
            .ToDictionary(pair => pair.image, pair => ImageReference.Parse(pair.image).At(pair.digest), StringComparer.Ordinal);
        return project with
        {
            Services = project.Services.ToDictionary(pair => pair.Key, pair => Named(pair.Value), StringComparer.Ordinal),
        };

        IEnumerable<string> Images(ServiceDefinition service) =>
            service.Volumes.Where(IsImage)
                .Select(mount => mount.Source)
                .Concat(service.PreStart.Select(hook => hook.Image))
                .Append(service.Image)
                .OfType<string>();

        // A source that names a service means what that one runs.
        bool IsImage(MountDefinition mount) =>
            mount is { Type: "image", Source: { } source } && !project.Services.ContainsKey(source);

        ServiceDefinition Named(ServiceDefinition service) => service with
        {
            Image = service.Image is { } image ? named[image] : null,
            PreStart = [.. service.PreStart.Select(hook => hook.Image is { } used ? hook with { Image = named[used] } : hook)],
            Volumes = [.. service.Volumes.Select(mount => IsImage(mount) ? mount with { Source = named[mount.Source!] } : mount)],
        };
    }

    /// <summary>Only the images of a project: a file to lay over its own, which holds them to what they are.</summary>
    public static ComposeProject ImagesAlone(ComposeProject project) => new()
    {
        Name = "",
        WorkingDirectory = project.WorkingDirectory,
        Services = project.Services.ToDictionary(
            pair => pair.Key,
            pair =>
                new ServiceDefinition
                {
                    Name = pair.Key,
                    Image = pair.Value.Image,
                    Volumes = [.. pair.Value.Volumes.Where(mount => mount.Type == "image")],
                    Origin = pair.Value.Origin,
                },
            StringComparer.Ordinal),
    };
}
