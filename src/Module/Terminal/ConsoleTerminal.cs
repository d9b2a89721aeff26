using System.Management.Automation.Host;
using Compose.Errors;
using Compose.Module.Common.Host;
using Compose.Streams.Terminal;

namespace Compose.Module.Terminal;

/// <summary>The console the shell runs in, as a terminal.</summary>
internal static class ConsoleTerminal
{
    /// <summary>Whether both sides of the console are a terminal: nobody redirected them.</summary>
    public static bool IsThere => HostEnvironment.IsWindows ? WindowsTerminal.IsThere : UnixTerminal.IsThere;

    /// <summary>Takes the console over until it is disposed: keys are no longer edited, echoed, or taken as signals.</summary>
    /// <param name="host">The shell's host, which knows the size.</param>
    /// <param name="keysOnly">Whether only keys are wanted: what is written goes on to be shown as the shell writes it.</param>
    /// <exception cref="ComposeException">NoTerminal.</exception>
    public static ITerminal Open(PSHost host, bool keysOnly = false)
    {
        if (!IsThere)
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
