namespace Compose.State;

/// <summary>
/// The labels that docker compose puts on containers, networks and volumes. Using the same ones lets both tools manage one
/// project.
/// </summary>
internal static class ComposeLabels
{
    /// <summary>The docker compose release whose labels we write by default.</summary>
    public const string CompatibleVersion = "5.5.0";

    /// <summary>The prefix of docker compose's labels.</summary>
    public const string Prefix = "com.docker.compose.";
    private const string DesktopPrefix = "desktop.docker.io/";

    public const string Project = "com.docker.compose.project";
    public const string Service = "com.docker.compose.service";
    public const string ConfigHash = "com.docker.compose.config-hash";
    public const string ContainerNumber = "com.docker.compose.container-number";
    public const string OneOff = "com.docker.compose.oneoff";
    public const string Slug = "com.docker.compose.slug";
    public const string DependsOn = "com.docker.compose.depends_on";
    public const string Image = "com.docker.compose.image";
    public const string ImageMounts = "com.docker.compose.image-volume-digest";
    public const string Replace = "com.docker.compose.replace";
    public const string WorkingDirectory = "com.docker.compose.project.working_dir";
    public const string ConfigFiles = "com.docker.compose.project.config_files";
    public const string EnvironmentFile = "com.docker.compose.project.environment_file";
    public const string Version = "com.docker.compose.version";
    public const string Network = "com.docker.compose.network";
    public const string Volume = "com.docker.compose.volume";
    public const string Hook = "com.docker.compose.hook";

    /// <summary>
    /// Our own label, for a container that is never started and only keeps a replica's anonymous volumes while that is recreated.
    /// </summary>
    public const string Keeper = "compose.volume-keeper";

    /// <summary>Whether a label is from docker compose or Docker Desktop rather than from the user.</summary>
    public static bool IsOfTool(string label) =>
        label.StartsWith(Prefix, StringComparison.Ordinal) || label.StartsWith(DesktopPrefix, StringComparison.Ordinal);

    public static string Of(string label, string value) => label + "=" + value;

    /// <summary>Adds a label, unless the value is null.</summary>
    public static SortedDictionary<string, string> With(this SortedDictionary<string, string> labels, string label, string? value)
    {
        if (value is not null)
            labels[label] = value;
        return labels;
    }
}
