namespace Compose.Images.Build;

/// <summary>A build context that is a git repository: <c>url#ref:directory</c>.</summary>
internal static class GitContext
{
    /// <summary>The ref of a repository's default branch.</summary>
    private const string Head = "HEAD";

    /// <summary>
    /// Adds HEAD to a context without a ref, because engines would use the branch master even if it does not exist.
    /// </summary>
    public static string WithRef(string context)
    {
        var parts = context.Split(['#'], 2);
        if (!IsRepository(parts[0]) || (parts.Length > 1 && parts[1].Length > 0 && parts[1][0] != ':'))
            return context;
        return $"{parts[0]}#{Head}{(parts.Length > 1 ? parts[1] : "")}";
    }

    /// <summary>Whether a URL is a git repository; others are archives or Dockerfiles.</summary>
    private static bool IsRepository(string url) =>
        url.EndsWith(".git", StringComparison.Ordinal)
        || url.StartsWith("git://", StringComparison.Ordinal)
        || url.StartsWith("git@", StringComparison.Ordinal)
        || url.StartsWith("ssh://", StringComparison.Ordinal)
        || url.StartsWith("github.com/", StringComparison.Ordinal);
}
