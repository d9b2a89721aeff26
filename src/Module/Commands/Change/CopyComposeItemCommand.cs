using System.Collections;
using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Copy;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Host;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Copies files, directories and content into the containers of a service, or out of one.</summary>
[Cmdlet(VerbsCommon.Copy, "ComposeItem", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeCopyResult), typeof(byte[]))]
public sealed class CopyComposeItemCommand : ProjectCommand
{
    private readonly CopyContent _content = new();
    private readonly Dictionary<CopyRequest, IReadOnlyList<ComposeContainer>> _chosen = [];

    /// <summary>
    /// What to copy: SERVICE:PATH, or a path of this machine. Files and directories may be piped, and so may what the
    /// destination, a file, is to hold: bytes, a stream, or text with -AsContent.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject? Source { get; set; }

    /// <summary>Where to: SERVICE:PATH, or a path of this machine. A dash returns the archive as bytes.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The service of a piped object: a path that begins with a colon is in its container.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Service { get; set; }

    /// <summary>The container of a piped object.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Container { get; set; }

    /// <summary>The number of the replica; without it, files come from the first, and go into all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Index { get; set; }

    /// <summary>Takes one-off containers as well.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Gives what is copied into a container to the container's user.</summary>
    [Parameter]
    public SwitchParameter Archive { get; set; }

    /// <summary>Copies what a link points to in the link's place.</summary>
    [Parameter]
    public SwitchParameter FollowLink { get; set; }

    /// <summary>Takes piped text as what the destination, a file, is to hold, line by line.</summary>
    [Parameter]
    public SwitchParameter AsContent { get; set; }

    /// <summary>Takes piped bytes as a tar archive to unpack in the destination, a directory.</summary>
    [Parameter]
    public SwitchParameter AsArchive { get; set; }

    /// <summary>Returns what was copied.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Not enumerated if it is a byte array, which would become one object per byte.
        foreach (var source in Source?.BaseObject is IList list and not byte[] ? list.OfType<object>() : [Source!])
        {
            var content = WrappedValue.Unwrap(source)!;
            if (content is Stream stream)
                Take(stream);
            else if (!_content.Take(content, AsContent))
                CopyItem(content);
        }
    }

    /// <summary>Reads a piped stream off the pipeline thread, so that a stream that blocks does not delay Ctrl+C.</summary>
    private void Take(Stream stream) => TryRun(async (_, cancellationToken) =>
    {
        await _content.TakeAsync(stream, cancellationToken).ConfigureAwait(false);
        return _content;
    });

    private void CopyItem(object source)
    {
        if (source is FileSystemInfo item)
        {
            CopyLocal(item.FullName, item.FullName);
            return;
        }

        foreach (var path in Expand(PSObject.AsPSObject(source).ToString()))
            CopyPath(path);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_content.Octets() is { } octets)
            CopyInto(AsArchive ? new CopyInput.Archive(octets) : new CopyInput.Content(octets), "content");
    }

    private void CopyPath(string source)
    {
        var (from, to) = (End(source), End(Destination));
        if (from.Service is not null && to.Service is not null)
            WriteError(
                ErrorRecords.From(
                    CopyErrors.TwoServices.Info($"'{source}' and '{Destination}' are both in containers.", source)));
        else if (from.Service is not null)
            CopyFrom(source, from);
        else if (to.Service is null)
            WriteError(NoService(source));
        else if (LocalPath(source, CopyErrors.NoSource) is { } path)
            CopyLocal(path, source);
    }

    /// <summary>Copies a local path into containers. The path is examined once for all of them.</summary>
    private void CopyLocal(string path, string source)
    {
        if (TryRun(() => CopyInput.Of(path, FollowLink)) is { } input)
            CopyInto(input, source);
    }

    private void CopyInto(CopyInput input, string source)
    {
        var to = End(Destination);
        if (Containers(source, to, into: true) is not var (session, containers))
            return;
        foreach (var container in containers)
        {
            if (ShouldProcess($"{container.Container}:{to.Path}", $"Copy {source}"))
                Write(
                    TryRun((sink, cancellationToken) =>
                        session.Copy.IntoAsync(container, input, to.Path, Archive, sink, cancellationToken)));
        }
    }

    private void CopyFrom(string source, CopyEnd from)
    {
        var destination = Destination == "-" ? Destination : LocalPath(Destination, CopyErrors.NoDestination);
        if (destination is null || Containers(source, from, into: false) is not var (session, containers))
            return;
        var container = containers[0];
        if (!ShouldProcess(Destination, $"Copy {container.Container}:{from.Path}"))
            return;
        if (destination != "-")
            Write(TryRun((sink, token) => session.Copy.FromAsync(container, from.Path, destination, FollowLink, sink, token)));
        else if (TryRun((_, token) => session.Copy.ReadArchiveAsync(container, from.Path, FollowLink, token)) is { } archive)
            WriteObject(archive, enumerateCollection: false);
    }

    /// <summary>
    /// The containers of one side of the copy, looked up once; null, with the error written, if there are none.
    /// </summary>
    private (ProjectSession Session, IReadOnlyList<ComposeContainer> Containers)? Containers(
        string source, CopyEnd end, bool into)
    {
        // Piped objects are mostly content to copy, so COMPOSE_PROJECT_NAME applies unless an object has a project.
        TakeNameFromEnvironment();
        var service = string.IsNullOrEmpty(end.Service) ? Service : end.Service;
        if (end.Service is null || (service is null && Container is null))
        {
            WriteError(NoService(source));
            return null;
        }

        if (end.Path.Length == 0)
        {
            WriteError(
                ErrorRecords.From(CopyErrors.NoPath.Info($"'{end.Service}:' names no path in the container.", end.Service)));
            return null;
        }

        var name = FindProjectName();
        if (name is null || Session(EngineHost) is not { } session)
            return null;
        var request = new CopyRequest
        {
            ProjectName = name, Service = service ?? "", Container = end.Service.Length == 0 ? Container : null,
            Index = Index, All = All, IntoContainers = into,
        };
        if (!_chosen.TryGetValue(request, out var containers))
        {
            containers = TryRun((_, cancellationToken) => session.Containers.ChooseAsync(request, cancellationToken));
            if (containers is null)
                return null;
            _chosen[request] = containers;
        }

        return (session, containers);
    }

    private ErrorRecord NoService(string source)
    {
        var text = $"Neither side of the copy to '{Destination}' names a service.";
        return ErrorRecords.From(CopyErrors.NoService.Info(text, Destination, DriveAdvice(source, Destination)));
    }

    private static string? DriveAdvice(params string[] sides) => CopyEnd.DriveAdvice(HostEnvironment.IsWindows, sides);

    /// <summary>
    /// Parses one side of the copy. A text that begins with a PowerShell drive or provider is a local path, unless it is a
    /// service's name.
    /// </summary>
    private CopyEnd End(string text)
    {
        var end = CopyEnd.Parse(text, HostEnvironment.IsWindows);
        return end.Service is { Length: > 0 } name && IsShellPath(name, end.Path) && !IsService(name)
            ? new CopyEnd(null, text)
            : end;
    }

    private bool IsShellPath(string name, string rest)
    {
        var names = rest.StartsWith(":", StringComparison.Ordinal) ? SessionState.Provider.GetAll()
            .Select(provider => provider.Name)
            : rest.Length > 0 && rest[0] is '/' or '\\' ? SessionState.Drive.GetAll().Select(drive => drive.Name)
            : [];
        return names.Contains(name.Substring(name.LastIndexOf('\\') + 1), StringComparer.OrdinalIgnoreCase);
    }

    private bool IsService(string name) => HasFiles
        ? LoadUnchecked()?.Services.ContainsKey(name) == true
        : Session(EngineHost) is { } session
            && TryRun((_, cancellationToken) => session.Containers.ListAsync(
                new ContainerQuery { ProjectName = Project, Services = [name], All = true }, cancellationToken))
                is { Count: > 0 };

    /// <summary>
    /// A local path as an absolute one, with its trailing / or /. kept; null, with the error written, if it is not a path of
    /// the file system.
    /// </summary>
    private string? LocalPath(string path, ErrorDefinition missing)
    {
        string? literal;
        try
        {
            literal = TryResolveLiteral(path);
        }
        catch (System.Management.Automation.DriveNotFoundException exception)
        {
            WriteError(ErrorRecords.From(missing.Info(exception.Message, path, DriveAdvice(path))));
            return null;
        }

        if (literal is null)
            return null;
        var end = path.Length > 1 && path[path.Length - 1] == '.' && path[path.Length - 2] is '/' or '\\' ? "/."
            : path == "." ? "/."
            : path.Length > 1 && path[path.Length - 1] is '/' or '\\' ? "/" : "";
        return end.Length == 0 ? literal : literal.TrimEnd('/', '\\') + end;
    }

    /// <summary>The files that a wildcard matches, or the path itself.</summary>
    private IReadOnlyList<string> Expand(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path)
            || End(path).Service is not null
            || HostPaths.Item(ResolveLiteral(path)) is not null)
            return [path];
        var matches = SessionState.Path.GetResolvedPSPathFromPSPath(path);
        if (matches.Count == 0)
            WriteError(ErrorRecords.From(CopyErrors.NoSource.Info($"No file or directory matches '{path}'.", path)));
        return [.. matches.Select(match => match.ProviderPath)];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    private void Write(ComposeCopyResult? result)
    {
        if (result is not null && PassThru)
            WriteObject(result);
    }
}
