using Compose.Execute.Session;
using Compose.Images.Registry;
using Compose.Model;

namespace Compose.Execute.Operations;

/// <summary>Replaces image names by the digests that their registries have now.</summary>
internal sealed class DigestOperations(ProjectSession session)
{
    /// <summary>
    /// The project with a digest in each image name: those of services, of their hooks, and of image mounts.
    /// </summary>
    /// <exception cref="Errors.ComposeException">A registry refuses, lacks an image, or does not answer.</exception>
    public async Task<ComposeProject> ResolveAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        var images = project.Services.Values.SelectMany(Images).Distinct().ToList();
        var digests = await Task.WhenAll(
            images.Select(image => RegistryDigest.OfAsync(session.Engine, image, session.Credentials, cancellationToken)))
            .ConfigureAwait(false);
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

        // A source that names a service means that service's image.
        bool IsImage(MountDefinition mount) =>
            mount is { Type: "image", Source: { } source } && !project.Services.ContainsKey(source);

        ServiceDefinition Named(ServiceDefinition service) => service with
        {
            Image = service.Image is { } image ? named[image] : null,
            PreStart = [.. service.PreStart.Select(hook => hook.Image is { } used ? hook with { Image = named[used] } : hook)],
            Volumes = [.. service.Volumes.Select(mount => IsImage(mount) ? mount with { Source = named[mount.Source!] } : mount)],
        };
    }

    /// <summary>Only the images of a project: an override file that pins them.</summary>
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
