using System.Net;
using Compose.Errors;
using Compose.Model;

namespace Compose.Images;

/// <summary>A build's context directory as a request body: a tar that is written while it is sent.</summary>
internal sealed class BuildContext : HttpContent
{
    /// <summary>The name a Dockerfile has in the tar when it is not a file of the context.</summary>
    private const string OwnDockerfile = ".compose.dockerfile";

    private readonly string _directory;
    private readonly DockerIgnore _ignore;
    private readonly string? _dockerfileText;

    private BuildContext(string directory, string dockerfile, string dockerfileName, string? dockerfileText, string ignoreText)
    {
        (_directory, DockerfileName, _dockerfileText) = (directory, dockerfileName, dockerfileText);
        Dockerfile = dockerfile;
        _ignore = new DockerIgnore(ignoreText);
        Headers.ContentType = new("application/x-tar");
    }

    /// <summary>The Dockerfile's text.</summary>
    public string Dockerfile { get; }

    /// <summary>The Dockerfile's name in the tar.</summary>
    public string DockerfileName { get; }

    public static BuildContext Open(BuildDefinition build)
    {
        if (!Directory.Exists(build.Context))
            throw ImageErrors.ContextNotFound.Exception($"There is no directory '{build.Context}' to build in.", build.Context);
        if (build.DockerfileInline is { } inline)
            return new BuildContext(build.Context, inline, OwnDockerfile, inline, ReadIfExists(Path.Combine(build.Context, ".dockerignore")));
        var file = Path.GetFullPath(Path.Combine(build.Context, build.Dockerfile ?? "Dockerfile"));
        if (!File.Exists(file))
            throw ImageErrors.DockerfileNotFound.Exception($"There is no Dockerfile '{file}'.", file);
        var text = File.ReadAllText(file);
        var ignore = IgnoreText(build);
        var relative = Relative(build.Context, file);
        return relative is null
            ? new BuildContext(build.Context, text, OwnDockerfile, text, ignore)
            : new BuildContext(build.Context, text, relative, null, ignore);
    }

    /// <summary>The ignore file that counts: the Dockerfile's own, else the context's; empty where there is none.</summary>
    public static string IgnoreText(BuildDefinition build)
    {
        var own = Path.GetFullPath(Path.Combine(build.Context, build.Dockerfile ?? "Dockerfile")) + ".dockerignore";
        return ReadIfExists(build.DockerfileInline is null && File.Exists(own) ? own : Path.Combine(build.Context, ".dockerignore"));
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var tar = new TarWriter(stream);
        await AddAsync(tar, new DirectoryInfo(_directory), "").ConfigureAwait(false);
        if (_dockerfileText is not null)
            await tar.AddTextAsync(DockerfileName, _dockerfileText, new TarWriter.Attributes(0x1A4, Directory.GetLastWriteTimeUtc(_directory)), CancellationToken.None).ConfigureAwait(false);
        await tar.CompleteAsync(CancellationToken.None).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task AddAsync(TarWriter tar, DirectoryInfo directory, string prefix)
    {
        foreach (var item in directory.EnumerateFileSystemInfos().OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            var name = prefix + item.Name;
            var ignored = _ignore.Ignores(name) && name != DockerfileName && name != ".dockerignore";
            var attributes = new TarWriter.Attributes(FileModes.Of(item), item.LastWriteTimeUtc);
            if (FileModes.LinkTarget(item) is { } target)
            {
                if (!ignored)
                    await tar.AddLinkAsync(name, target.Replace('\\', '/'), attributes, CancellationToken.None).ConfigureAwait(false);
            }
            else if (item is DirectoryInfo inner)
            {
                if (!ignored)
                    await tar.AddDirectoryAsync(name, attributes, CancellationToken.None).ConfigureAwait(false);
                if (!ignored || _ignore.HasExceptions || DockerfileName.StartsWith(name + "/", StringComparison.Ordinal))
                    await AddAsync(tar, inner, name + "/").ConfigureAwait(false);
            }
            else if (!ignored)
            {
                using var content = new FileStream(item.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024, useAsync: true);
                await tar.AddFileAsync(name, content, content.Length, attributes, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static string ReadIfExists(string file) => File.Exists(file) ? File.ReadAllText(file) : "";

    /// <summary>The path within the context, with forward slashes; null outside of it.</summary>
    private static string? Relative(string directory, string file)
    {
        var root = Path.GetFullPath(directory).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return file.StartsWith(root, StringComparison.Ordinal) ? file.Substring(root.Length).Replace('\\', '/') : null;
    }
}
