namespace Compose.State;

/// <summary>The labels that docker stack puts on what it deploys. Using the same ones lets both tools manage one stack.</summary>
internal static class StackLabels
{
    /// <summary>The stack's name: on services, networks, secrets, configs, volumes and containers.</summary>
    public const string Namespace = "com.docker.stack.namespace";

    /// <summary>The image as the file has it: on services.</summary>
    public const string Image = "com.docker.stack.image";

    /// <summary>
    /// Our own label on services: the replicas of the file at the last deployment. A service that has another number now was
    /// scaled by hand.
    /// </summary>
    public const string Replicas = "compose.stack.replicas";

    /// <summary>
    /// Our own label on secrets and configs: the key in the file, as their names end with a mark of the content.
    /// </summary>
    public const string Key = "compose.stack.key";

    /// <summary>The prefix of our own labels.</summary>
    private const string OwnPrefix = "compose.stack.";
    private const string Prefix = "com.docker.stack.";

    /// <summary>Whether a label is from docker stack or from us rather than from the user.</summary>
    public static bool IsOfTool(string label) =>
        label.StartsWith(Prefix, StringComparison.Ordinal) || label.StartsWith(OwnPrefix, StringComparison.Ordinal);

    /// <summary>The stack's name among labels, or null.</summary>
    public static string? StackOf(IReadOnlyDictionary<string, string>? labels) =>
        labels is not null && labels.TryGetValue(Namespace, out var stack) ? stack : null;
}
