using Compose.Files.Canonical;
using Compose.Files.Reading;
using Compose.Images.Dockerfiles;
using Compose.State;

namespace Compose.Images.Build;

/// <summary>
/// Additional contexts that are images: <c>docker-image://name</c>, and <c>service:x</c> for a service's image. They are replaced
/// by the images in the Dockerfile's text, which has the same result and needs no BuildKit session.
/// </summary>
internal static class ImageContexts
{
    private const string Image = "docker-image://";

    public static bool IsImage(string context) =>
        context.StartsWith(Image, StringComparison.Ordinal) || ServiceName.In(context) is not null;

    /// <summary>A context in docker buildx's form: <c>service:x</c> becomes the service's image.</summary>
    public static string Resolve(BuildRequest request, string context)
    {
        if (ServiceName.In(context) is not { } name)
            return context;
        var project = request.Project;
        return Image + (
            project.Services.TryGetValue(name, out var service) || project.DisabledServices.TryGetValue(name, out service)
                ? project.ImageOf(service)
                : project.NameOf(name));
    }

    /// <summary>Replaces the names of contexts in a Dockerfile by their images.</summary>
    /// <param name="request">The image to build.</param>
    /// <param name="dockerfile">The Dockerfile's text.</param>
    /// <param name="platforms">The platform arguments; null if unknown.</param>
    public static ContextedDockerfile Apply(BuildRequest request, string dockerfile, PlatformArguments? platforms = null)
    {
        var images = request.Build.AdditionalContexts.Where(context => IsImage(context.Value) && CanBeNamed(context.Key))
            .ToDictionary(context => Key(context.Key), context => ImageOf(request, context.Value), StringComparer.Ordinal);
        if (images.Count == 0)
            return new ContextedDockerfile(dockerfile, null);
        var changes = new List<(DockerfileReference, string)>();
        var stages = DockerfileImages.Find(dockerfile, BuildQuery.Arguments(request), request.Build.Target, platforms).AllStages;
        foreach (var stage in stages)
        {
            // A context would replace a stage with the same name, with all its instructions.
            if (stage.Name is { } own && images.ContainsKey(Key(own.ToLowerInvariant())))
                return Obstacle(stage.Line, $"the stage '{own}' has the name of an additional context");
            foreach (var reference in stage.References)
            {
                if (reference.Name is null)
                    return Obstacle(reference.Instruction.Line, $"'{reference.Word.Text}' may name an additional context");
                if (!images.TryGetValue(Key(reference.Name), out var image))
                    continue;
                if (!reference.IsPlain)
                    return Obstacle(reference.Instruction.Line, Naming(reference));
                changes.Add((reference, image));
            }
        }

        return new ContextedDockerfile(DockerfileReference.Replace(dockerfile, changes), null);

        ContextedDockerfile Obstacle(int line, string message) => new(dockerfile, $"{request.PlaceOf(line)}: {message}");
    }

    /// <summary>The image that a context refers to.</summary>
    private static string ImageOf(BuildRequest request, string context) => Resolve(request, context).Substring(Image.Length);

    private static string Naming(DockerfileReference reference)
    {
        var where = reference.IsInOnBuild ? " under ONBUILD" : "";
        return $"'{reference.Word.Text}' names the additional context '{reference.Name}'{where}";
    }

    /// <summary>The first of the names that is an additional context, or null.</summary>
    public static string? ContextAmong(BuildRequest request, IEnumerable<string> names)
    {
        var named = request.Build.AdditionalContexts.Keys.Where(CanBeNamed);
        var contexts = new HashSet<string>(named.Select(Key), StringComparer.Ordinal);
        return names.FirstOrDefault(name => contexts.Contains(Key(name)));
    }

    private static string Key(string name) => name.Length == 0 ? "" : ImageName.Familiar(name);

    /// <summary>
    /// Whether a Dockerfile can refer to a context. BuildKit parses it as an image name, so uppercase never matches.
    /// </summary>
    private static bool CanBeNamed(string context) => !context.Any(char.IsUpper);

    /// <summary>Whether all additional contexts of a build are images and its Dockerfile is known.</summary>
    public static bool ServeAll(BuildRequest request) =>
        !PathResolver.IsRemote(request.Build.Context) && request.Build.AdditionalContexts.Values.All(IsImage);
}

/// <summary>A Dockerfile whose additional contexts were replaced by images.</summary>
/// <param name="Text">The text to build.</param>
/// <param name="Obstacle">Why a context could not be replaced, with the position; null if all were.</param>
internal sealed record ContextedDockerfile(string Text, string? Obstacle);
