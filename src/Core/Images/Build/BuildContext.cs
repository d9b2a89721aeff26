using System.Net;
using Compose.Errors;
using Compose.Files.Reading;
using Compose.Images.Dockerfiles;
using Compose.Images.Tar;
using Compose.Model;

namespace Compose.Images.Build;

/// <summary>A build's context directory as a request body: a tar archive that is written while it is sent.</summary>
internal sealed class BuildContext : HttpContent
{
    /// <summary>The name in the archive of a Dockerfile that is not a file of the context.</summary>
    private const string OwnDockerfile = ".compose.dockerfile";
    private const string IgnoreFile = ".dockerignore";
    private const int ManyFiles = 2000;

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

    /// <summary>The Dockerfile's name in the archive.</summary>
    public string DockerfileName { get; }

    /// <summary>
    /// Whether the archive has the Dockerfile although it is not part of the context: it is elsewhere, or .dockerignore
    /// excludes it.
    /// </summary>
    public bool CarriesDockerfile => _dockerfileText is not null || _ignore.Ignores(DockerfileName);

    /// <summary>
    /// IsLarge: whether there are so many files that docker buildx is faster, because it sends only what changed since the last
    /// build. IsEarly: whether a file is from before 1970, which engines unpack as 1970. Excluded directories are not counted.
    /// </summary>
    public (bool IsLarge, bool IsEarly) Survey() => ContextPacker.Survey(ManyFiles, new DirectoryInfo(_directory), Takes);

    /// <summary>The error of the file that could not be sent, or null.</summary>
    public ComposeException? Failure { get; private set; }

    /// <summary>
    /// Sets the builder that reads the archive. The classic builder applies the archive's .dockerignore again, BuildKit does not.
    /// </summary>
    public void For(bool buildKit) => _buildKit = buildKit;

    /// <param name="build">The build section, with the paths of context and Dockerfile.</param>
    /// <param name="change">Changes the Dockerfile's text before it is sent.</param>
    public static BuildContext Open(BuildDefinition build, Func<string, string> change)
    {
        if (!Directory.Exists(build.Context))
            throw ImageErrors.ContextNotFound.Exception($"There is no directory '{build.Context}' to build in.", build.Context);
        if (build.DockerfileInline is { } written && change(written) is var inline)
            return new BuildContext(build.Context, inline, OwnDockerfile, inline, CheckedIgnoreText(build));
        var file = DockerfilePlace.Of(build);
        if (!File.Exists(file))
            throw ImageErrors.DockerfileNotFound.Exception($"There is no Dockerfile '{file}'.", file);
        var text = ReadText(file);
        var changed = change(text);
        var ignore = CheckedIgnoreText(build);
        var relative = changed == text ? Relative(build.Context, file) : null;
        if (relative is null)
            return new BuildContext(build.Context, changed, OwnDockerfile, changed, ignore);
        var isOwn = IgnorePath(build) != Path.Combine(build.Context, IgnoreFile);
        return new BuildContext(build.Context, text, relative, null, ignore) { HasOwnIgnoreFile = isOwn };
    }

    /// <summary>The text of the .dockerignore that applies; empty if there is none.</summary>
    public static string IgnoreText(BuildDefinition build) => ReadIfExists(IgnorePath(build));

    /// <summary>The path of <c>DOCKERFILE.dockerignore</c>, else of the context's .dockerignore.</summary>
    private static string IgnorePath(BuildDefinition build)
    {
        var own = DockerfilePlace.Of(build) + ".dockerignore";
        return build.DockerfileInline is null && File.Exists(own) ? own : Path.Combine(build.Context, IgnoreFile);
    }

    /// <summary>Refuses an invalid pattern: it could be the one that keeps a secret out of the image.</summary>
    private static string CheckedIgnoreText(BuildDefinition build)
    {
        var text = IgnoreText(build);
        if (new DockerIgnore(text).Malformed is not { } bad)
            return text;
        var file = IgnorePath(build);
        throw ImageErrors.IgnoreInvalid.Exception($"{file}:{bad.Line}:1: '{bad.Pattern}' is not a pattern.", file);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var tar = new TarWriter(stream);
        try
        {
            await new ContextPacker(tar, Takes, Opens).AddAsync(new DirectoryInfo(_directory)).ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            Failure = exception;
            throw;
        }

        var attributes = new TarWriter.Attributes(UnixMode.OrdinaryFile, Directory.GetLastWriteTimeUtc(_directory));
        if (_dockerfileText is not null)
            await tar.AddTextAsync(DockerfileName, _dockerfileText, attributes, CancellationToken.None).ConfigureAwait(false);
        if (SendsOwnIgnoreFile)
            await tar.AddTextAsync(IgnoreFile, SentIgnoreText(), attributes, CancellationToken.None).ConfigureAwait(false);
        await tar.CompleteAsync(CancellationToken.None).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private bool Takes(string name)
    {
        if (name == IgnoreFile && SendsOwnIgnoreFile)
            return false;
        return name == DockerfileName || (!_buildKit && name == IgnoreFile) || !_ignore.Ignores(name);
    }

    /// <summary>Whether an excluded directory may have files to send: those of <c>!</c> patterns, or the Dockerfile.</summary>
    private bool Opens(string name) => _ignore.HasExceptions || DockerfileName.StartsWith(name + "/", StringComparison.Ordinal);

    /// <summary>
    /// Whether to send a .dockerignore of ours that excludes the Dockerfile, because it is not part of the context. The classic
    /// builder applies only that file, not <c>DOCKERFILE.dockerignore</c>.
    /// </summary>
    private bool SendsOwnIgnoreFile => !_buildKit && (_dockerfileText is not null || (HasOwnIgnoreFile && CarriesDockerfile));

    private bool HasOwnIgnoreFile { get; init; }

    /// <summary>The .dockerignore to send: with the Dockerfile added, and with itself if the context has none.</summary>
    private string SentIgnoreText()
    {
        var itself = File.Exists(Path.Combine(_directory, IgnoreFile)) ? "" : IgnoreFile;
        return $"{_ignoreText}\n{DockerfileName}\n{itself}\n";
    }

    private static string ReadIfExists(string file) => File.Exists(file) ? ReadText(file) : "";

    private static string ReadText(string file)
    {
        try
        {
            return RegularFile.ReadText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ImageErrors.BuildFileUnreadable.Exception(
                $"'{file}' cannot be read: {exception.Message}", file, inner: exception);
        }
    }

    /// <summary>A file's path relative to the context, with forward slashes; null if it is outside the context.</summary>
    private static string? Relative(string directory, string file)
    {
        var root = Path.GetFullPath(directory).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return file.StartsWith(root, StringComparison.Ordinal) ? file.Substring(root.Length).Replace('\\', '/') : null;
    }
}
