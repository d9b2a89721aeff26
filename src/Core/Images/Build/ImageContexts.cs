using Compose.Files.Canonical;
using Compose.Files.Reading;
using Compose.Images.Dockerfiles;
using Compose.State;

namespace Compose.Images.Build;

/// <summary>
/// Additional contexts that are images: <c>docker-image://name</c>, and <c>service:x</c> for what that service builds. A
/// Dockerfile that names the images instead of the contexts builds the same, and needs no session.
/// </summary>
internal static class ImageContexts
{
    private const string Image = "docker-image://";

    public static bool IsImage(string context) =>
        context.StartsWith(Image, StringComparison.Ordinal) || ServiceName.In(context) is not null;

    /// <summary>A context as docker buildx takes it: a service's image in its place.</summary>
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

    /// <summary>The Dockerfile with images in place of the contexts that are one; the same text where it names none.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="dockerfile">The Dockerfile's text.</param>
    /// <param name="platforms">The platforms the Dockerfile may speak of; null: not known.</param>
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
            // A context takes the place of a stage of its name, instructions and all.
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

    /// <summary>The image of a context that is one.</summary>
    private static string ImageOf(BuildRequest request, string context) => Resolve(request, context).Substring(Image.Length);

    private static string Naming(DockerfileReference reference)
    {
        var where = reference.IsKept ? " under ONBUILD" : "";
        return $"'{reference.Word.Text}' names the additional context '{reference.Name}'{where}";
    }

    /// <summary>The first of the names that is an additional context; null where none is.</summary>
    public static string? ContextAmong(BuildRequest request, IEnumerable<string> names)
    {
        var named = request.Build.AdditionalContexts.Keys.Where(CanBeNamed);
        var contexts = new HashSet<string>(named.Select(Key), StringComparer.Ordinal);
        return names.FirstOrDefault(name => contexts.Contains(Key(name)));
    }

    private static string Key(string name) => name.Length == 0 ? "" : ImageName.Familiar(name);

    /// <summary>BuildKit takes the name of a context for an image's, so one with capitals never matches.</summary>
    private static bool CanBeNamed(string context) => !context.Any(char.IsUpper);

    /// <summary>Whether every additional context of a build can be written into its Dockerfile.</summary>
    public static bool ServeAll(BuildRequest request) =>
        !PathResolver.IsRemote(request.Build.Context) && request.Build.AdditionalContexts.Values.All(IsImage);
}

/// <summary>A Dockerfile without its contexts that are images.</summary>
/// <param name="Text">The text to build.</param>
/// <param name="Obstacle">Why some context cannot be written into it, with the place; null where all are.</param>
internal sealed record ContextedDockerfile(string Text, string? Obstacle);
