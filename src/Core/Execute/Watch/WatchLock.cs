using System.Diagnostics;
using System.Globalization;
using System.Text;
using Compose.Errors;
using Compose.Events;

namespace Compose.Execute.Watch;

/// <summary>
/// Prevents a second watch of a project, with docker compose's own lock file, which contains the id of the watching process. The
/// file is also kept open, so that a file left behind by a killed process does not count as a lock.
/// </summary>
internal sealed class WatchLock : IDisposable
{
    private readonly FileStream _file;

    private WatchLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; null, with a warning, if the file cannot be written.</summary>
    /// <param name="directory">The directory of lock files.</param>
    /// <param name="projectName">The project.</param>
    /// <param name="sink">Receives the warning.</param>
    /// <exception cref="ComposeException">AlreadyWatched.</exception>
    public static WatchLock? TryTake(string directory, string projectName, IEventSink sink)
    {
        FileStream file;
        try
        {
            Directory.CreateDirectory(directory);
            file = new FileStream(
                Path.Combine(directory, projectName + ".pid"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException)
            && File.Exists(Path.Combine(directory, projectName + ".pid")))
        {
            throw WatchErrors.AlreadyWatched.Exception($"Project '{projectName}' is watched already.", projectName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            sink.Emit(
                new WarningEvent($"A second watch of project '{projectName}' cannot be prevented: {exception.Message}"));
            return null;
        }

        if (Peer(file) is { } peer)
        {
            file.Dispose();
            throw WatchErrors.AlreadyWatched.Exception($"Project '{projectName}' is watched already, by {peer}.", projectName);
        }

        using var self = Process.GetCurrentProcess();
        var own = Encoding.ASCII.GetBytes(self.Id.ToString(CultureInfo.InvariantCulture));
        file.SetLength(0);
        file.Write(own, 0, own.Length);
        file.Flush();
        return new WatchLock(file);
    }

    public void Dispose()
    {
        if (_file.CanWrite)
            _file.SetLength(0);
        _file.Dispose();
    }

    /// <summary>The running docker compose that owns the file; the id alone may belong to another process by now.</summary>
    private static string? Peer(FileStream file)
    {
        var content = new byte[32];
        var text = Encoding.ASCII.GetString(content, 0, file.Read(content, 0, content.Length)).Trim();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return null;
        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName.IndexOf("docker", StringComparison.OrdinalIgnoreCase) >= 0
                ? $"{process.ProcessName} ({id})"
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
