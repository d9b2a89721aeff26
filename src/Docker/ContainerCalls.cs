using Compose.Engine.Dto;
using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>The requests for containers and execs that use Docker.DotNet.</summary>
internal class ContainerCalls(DockerLibrary library, IEngineCalls calls, bool isPodman)
{
    /// <summary>Whether the engine is Podman, whose answers differ from Docker's in places.</summary>
    public bool IsPodman => isPodman;

    /// <summary>Starts a container. Longer time limit: the engine mounts volumes and runs programs before it answers.</summary>
    public Task StartAsync(string id, CancellationToken cancellationToken) => calls.Lasting.ChangeAsync(
        "start", id, token => library.Client.Containers.StartContainerAsync(Escaped(id), null, token), cancellationToken);

    public Task KillAsync(string id, string? signal, CancellationToken cancellationToken)
    {
        var request = new ContainerKillParameters { Signal = signal };
        return calls.ChangeAsync(
            "kill", id, token => library.Client.Containers.KillContainerAsync(Escaped(id), request, token), cancellationToken);
    }

    public Task RenameAsync(string id, string name, CancellationToken cancellationToken)
    {
        var request = new ContainerRenameParameters { NewName = name };
        return calls.ChangeAsync(
            "rename",
            id,
            token => library.Client.Containers.RenameContainerAsync(Escaped(id), request, token),
            cancellationToken);
    }

    public Task PauseAsync(string id, CancellationToken cancellationToken) => calls.ChangeAsync(
        "pause", id, token => library.Client.Containers.PauseContainerAsync(Escaped(id), token), cancellationToken);

    public Task UnpauseAsync(string id, CancellationToken cancellationToken) => calls.ChangeAsync(
        "unpause", id, token => library.Client.Containers.UnpauseContainerAsync(Escaped(id), token), cancellationToken);

    /// <summary>Removes a container, even if it runs. Its files are deleted before the engine answers.</summary>
    /// <param name="id">The container.</param>
    /// <param name="volumes">Whether its anonymous volumes are removed, too.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task RemoveAsync(string id, bool volumes, CancellationToken cancellationToken)
    {
        var request = new ContainerRemoveParameters { Force = true, RemoveVolumes = volumes ? true : null };
        return calls.Lasting.ChangeAsync(
            "remove",
            id,
            token => library.Client.Containers.RemoveContainerAsync(Escaped(id), request, token),
            cancellationToken);
    }

    /// <summary>Lists processes with ps on the engine's host; for Podman, the columns are named explicitly.</summary>
    public Task<ContainerTop> TopAsync(string id, CancellationToken cancellationToken)
    {
        var request = new ContainerListProcessesParameters { PsArgs = IsPodman ? "pid,ppid,user,tty,time,args" : null };
        return calls.ReadAsync(
            id, token => library.Client.Containers.ListProcessesAsync(Escaped(id), request, token), Read, cancellationToken);
    }

    /// <summary>Sets the size of a container's terminal.</summary>
    public Task ResizeAsync(string id, int columns, int rows, CancellationToken cancellationToken) => calls.ChangeAsync(
        "resize",
        id,
        token => library.Client.Containers.ResizeContainerTtyAsync(Escaped(id), Size(columns, rows), token),
        cancellationToken);

    public async Task<string> CreateExecAsync(string id, ExecCreateRequest request, CancellationToken cancellationToken)
    {
        var created = await calls.ChangeAsync(
            "exec",
            id,
            token => library.Client.Exec.CreateContainerExecAsync(Escaped(id), Sent(request), token),
            exec => new IdResponse(Models.Text(exec.ID)!),
            cancellationToken).ConfigureAwait(false);
        return created.Id;
    }

    /// <summary>Sets the size of an exec's terminal.</summary>
    public Task ResizeExecAsync(string execId, int columns, int rows, CancellationToken cancellationToken) => calls.ChangeAsync(
        "resize", execId, token => library.Client.Exec.ResizeExecTtyAsync(execId, Size(columns, rows), token), cancellationToken);

    public Task<ExecInspect> InspectExecAsync(string execId, CancellationToken cancellationToken) => calls.ReadAsync(
        execId,
        token => library.Client.Exec.InspectContainerExecAsync(execId, token),
        exec => new ExecInspect((int?)exec.ExitCode, exec.Running, (int)exec.Pid),
        cancellationToken);

    /// <summary>Escapes a name from the user for the URL path; Docker.DotNet does not.</summary>
    private static string Escaped(string id) => Uri.EscapeDataString(id);

    private static ContainerResizeParameters Size(int columns, int rows) => new() { Height = rows, Width = columns };

    private static ContainerTop Read(ContainerProcessesResponse table) =>
        new(Models.Texts(table.Titles)!, Models.Each(table.Processes, process => Models.Texts(process)!));

    private static ContainerExecCreateParameters Sent(ExecCreateRequest request) => new()
    {
        Cmd = Models.Sent(request.Cmd),
        Env = Models.Sent(request.Env),
        User = request.User!,
        WorkingDir = request.WorkingDir!,
        Privileged = request.Privileged,
        TTY = request.Tty,
        AttachStdin = request.AttachStdin,
        AttachStdout = request.AttachStdout,
        AttachStderr = request.AttachStderr,
        DetachKeys = request.DetachKeys!,
        ConsoleSize = request.ConsoleSize is { } size
            ? new ConsoleSize { Height = (ulong)size[0], Width = (ulong)size[1] }
            : null!,
    };
}
