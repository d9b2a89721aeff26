using System.Management.Automation.Host;
using Compose.Errors;
using Compose.Module.Common.Host;
using Compose.Streams.Terminal;

namespace Compose.Module.Terminal;

/// <summary>Opens the shell's console as a terminal.</summary>
internal static class ConsoleTerminal
{
    /// <summary>Whether input and output are a terminal, and not redirected.</summary>
    public static bool IsAvailable => HostEnvironment.IsWindows ? WindowsTerminal.IsAvailable : UnixTerminal.IsAvailable;

    /// <summary>Puts the console into raw mode until it is disposed: no line editing, no echo, no signals from keys.</summary>
    /// <param name="host">The shell's host, which has the window's size.</param>
    /// <param name="keysOnly">Whether to change only the input, so that the shell's own output is shown as usual.</param>
    /// <exception cref="ComposeException">NoTerminal.</exception>
    public static ITerminal Open(PSHost host, bool keysOnly = false)
    {
        if (!IsAvailable)
            throw StreamErrors.NoTerminal.Exception("There is no terminal: the console's input or output is redirected.");
        return HostEnvironment.IsWindows
            ? new WindowsTerminal(() => Size(host), keysOnly)
            : new UnixTerminal(() => Size(host), keysOnly);
    }

    private static (int Columns, int Rows) Size(PSHost host)
    {
        var size = host.UI.RawUI.WindowSize;
        return (size.Width, size.Height);
    }
}
