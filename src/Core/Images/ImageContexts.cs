using System.Text.RegularExpressions;
using Compose.Files;
using Compose.State;

namespace Compose.Images;

/// <summary>
/// Additional contexts that are images: <c>docker-image://name</c>, and <c>service:x</c> for what that service builds. A Dockerfile that
/// names the images instead of the contexts builds the same, and needs no session.
/// </summary>
internal static class ImageContexts
{
    private const string Image = "docker-image://";
    private const string Service = "service:";
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private static readonly Regex Instruction = new(@"^\s*(FROM|COPY|ADD|RUN)\s", Options);
    private static readonly Regex From = new(@"(?<=^\s*FROM\s+(?:--\S+\s+)*)(?!--)\S+", Options);
    private static readonly Regex Source = new(@"(?<=\s--from=)[^\s,]+", Options);
    private static readonly Regex MountSource = new(@"(?<=--mount=(?:\S*,)?from=)[^\s,]+", Options);

    public static bool IsImage(string context) => context.StartsWith(Image, StringComparison.Ordinal) || context.StartsWith(Service, StringComparison.Ordinal);

    /// <summary>A context as docker buildx takes it: a service's image in its place.</summary>
    public static string Resolve(BuildRequest request, string context)
    {
        if (!context.StartsWith(Service, StringComparison.Ordinal))
            return context;
        var name = context.Substring(Service.Length);
        var project = request.Project;
        return Image + (project.Services.TryGetValue(name, out var service) || project.DisabledServices.TryGetValue(name, out service) ? project.ImageOf(service) : project.NameOf(name));
    }

    /// <summary>The Dockerfile with images in place of the contexts that are one; the same text where it names none.</summary>
    public static string Apply(BuildRequest request, string dockerfile)
    {
        var images = request.Build.AdditionalContexts.Where(context => IsImage(context.Value))
            .ToDictionary(context => ImageName.Familiar(context.Key).ToLowerInvariant(), context => Resolve(request, context.Value).Substring(Image.Length), StringComparer.Ordinal);
        if (images.Count == 0)
            return dockerfile;
        var lines = dockerfile.Split('\n');
        var continued = "";
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].TrimEnd();
            var instruction = continued.Length > 0 ? continued : Instruction.Match(line).Groups[1].Value.ToUpperInvariant();
            continued = line.EndsWith("\\", StringComparison.Ordinal) || line.EndsWith("`", StringComparison.Ordinal) ? instruction : "";
            var place = instruction switch { "FROM" => From, "COPY" or "ADD" => Source, "RUN" => MountSource, _ => null };
            if (place is not null)
                lines[index] = place.Replace(lines[index], name => images.TryGetValue(ImageName.Familiar(name.Value).ToLowerInvariant(), out var image) ? image : name.Value);
        }

        return string.Join("\n", lines);
    }

    /// <summary>Whether every additional context of a build can be written into its Dockerfile.</summary>
    public static bool ServeAll(BuildRequest request) => !PathResolver.IsRemote(request.Build.Context) && request.Build.AdditionalContexts.Values.All(IsImage);
}
