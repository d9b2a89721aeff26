using System.Net;
using Compose.Errors;
using Compose.Model;

namespace Compose.Images;

/// <summary>A build's context directory as a request body: a tar that is written while it is sent.</summary>
internal sealed class BuildContext : HttpContent
{
    /// <summary>The name a Dockerfile has in the tar when it is not a file of the context.</summary>
    private const string OwnDockerfile = ".compose.dockerfile";
    private const string IgnoreFile = ".dockerignore";

    private readonly string _directory;
    private readonly DockerIgnore _ignore;
    private readonly string _ignoreText;
    private readonly string? _dockerfileText;
    private bool _buildKit;

    private BuildContext(string directory, string dockerfile, string dockerfileName, string? dockerfileText, string ignoreText)
    {
        (_directory, DockerfileName, _dockerfileText) = (directory, dockerfileName, dockerfileText);
        Dockerfile = dockerfile;
        (_ignore, _ignoreText) = (new DockerIgnore(ignoreText), ignoreText);
        Headers.ContentType = new("application/x-tar");
    }

    /// <summary>The Dockerfile's text.</summary>
    public string Dockerfile { get; }

    /// <summary>The Dockerfile's name in the tar.</summary>
    public string DockerfileName { get; }

    /// <summary>Whether the Dockerfile goes along though it is no part of the context: it stands elsewhere, or is ignored.</summary>
    public bool CarriesDockerfile => _dockerfileText is not null || _ignore.Ignores(DockerfileName);

    /// <summary>Why the context could not be sent, where a file of it is the reason.</summary>
    public ComposeException? Failure { get; private set; }

    /// <summary>Who reads it: the classic builder takes out what the ignore file in it names, BuildKit nothing.</summary>
    public void For(bool buildKit) => _buildKit = buildKit;

    /// <param name="build">Where the context and the Dockerfile are.</param>
    /// <param name="change">What is done to the Dockerfile's text before it is sent; null: nothing.</param>
    public static BuildContext Open(BuildDefinition build, Func<string, string>? change = null)
    {
        change ??= text => text;
        if (!Directory.Exists(build.Context))
            throw ImageErrors.ContextNotFound.Exception($"There is no directory '{build.Context}' to build in.", build.Context);
        if (build.DockerfileInline is { } written && change(written) is var inline)
            return new BuildContext(build.Context, inline, OwnDockerfile, inline, ReadIfExists(Path.Combine(build.Context, IgnoreFile)));
        var file = DockerfilePlace.Of(build);
        if (!File.Exists(file))
            throw ImageErrors.DockerfileNotFound.Exception($"There is no Dockerfile '{file}'.", file);
        var text = File.ReadAllText(file);
        var changed = change(text);
        var ignore = IgnoreText(build);
        var relative = changed == text ? Relative(build.Context, file) : null;
        return relative is null
            ? new BuildContext(build.Context, changed, OwnDockerfile, changed, ignore)
            : new BuildContext(build.Context, text, relative, null, ignore);
    }

    /// <summary>The ignore file that counts: the Dockerfile's own, else the context's; empty where there is none.</summary>
    public static string IgnoreText(BuildDefinition build)
    {
        var own = DockerfilePlace.Of(build) + ".dockerignore";
        return ReadIfExists(build.DockerfileInline is null && File.Exists(own) ? own : Path.Combine(build.Context, IgnoreFile));
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var tar = new TarWriter(stream);
        try
        {
            await AddAsync(tar, new DirectoryInfo(_directory), "").ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException exception)
        {
            Failure = ImageErrors.ContextUnreadable.Exception($"The build's context cannot be read: {exception.Message}", _directory, inner: exception);
            throw;
        }

        var attributes = new TarWriter.Attributes(0x1A4, Directory.GetLastWriteTimeUtc(_directory));
        if (_dockerfileText is not null)
            await tar.AddTextAsync(DockerfileName, _dockerfileText, attributes, CancellationToken.None).ConfigureAwait(false);
        if (TakesItselfOut)
            await tar.AddTextAsync(IgnoreFile, $"{_ignoreText}\n{OwnDockerfile}\n{(File.Exists(Path.Combine(_directory, IgnoreFile)) ? "" : IgnoreFile)}\n", attributes, CancellationToken.None).ConfigureAwait(false);
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
            if (name == IgnoreFile && TakesItselfOut)
                continue;
            var ignored = _ignore.Ignores(name) && name != DockerfileName && (_buildKit || name != IgnoreFile);
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
                using var content = Read((FileInfo)item);
                await tar.AddFileAsync(name, content, content.Length, attributes, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Pipes and sockets have no length, and opening one would wait for somebody to write; what is empty need not be opened.</summary>
    private static Stream Read(FileInfo file) =>
        file.Length == 0 ? Stream.Null : new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024, useAsync: true);

    /// <summary>The classic builder, told so in the ignore file, takes a Dockerfile out again that is no part of the context.</summary>
    private bool TakesItselfOut => !_buildKit && _dockerfileText is not null;

    private static string ReadIfExists(string file) => File.Exists(file) ? File.ReadAllText(file) : "";

    /// <summary>The path within the context, with forward slashes; null outside of it.</summary>
    private static string? Relative(string directory, string file)
    {
        var root = Path.GetFullPath(directory).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return file.StartsWith(root, StringComparison.Ordinal) ? file.Substring(root.Length).Replace('\\', '/') : null;
    }
}
