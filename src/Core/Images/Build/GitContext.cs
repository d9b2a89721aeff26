namespace Compose.Images.Build;

/// <summary>A build context that is a git repository: <c>url#ref:directory</c>.</summary>
internal static class GitContext
{
    /// <summary>What a repository has checked out by itself.</summary>
    private const string Head = "HEAD";

    /// <summary>
    /// The context with a ref where it names none: engines take that for master, whatever the repository's branch is called.
    /// </summary>
    public static string WithRef(string context)
    {
        var parts = context.Split(['#'], 2);
        if (!IsRepository(parts[0]) || (parts.Length > 1 && parts[1].Length > 0 && parts[1][0] != ':'))
            return context;
        return $"{parts[0]}#{Head}{(parts.Length > 1 ? parts[1] : "")}";
    }

    /// <summary>Any other URL is one of an archive or a Dockerfile.</summary>
    private static bool IsRepository(string url) =>
        url.EndsWith(".git", StringComparison.Ordinal)
        || url.StartsWith("git://", StringComparison.Ordinal)
        || url.StartsWith("git@", StringComparison.Ordinal)
        || url.StartsWith("ssh://", StringComparison.Ordinal)
        || url.StartsWith("github.com/", StringComparison.Ordinal);
}
