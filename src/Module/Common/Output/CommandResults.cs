using System.Management.Automation;
using Compose.Errors;
using Compose.Streams;

namespace Compose.Module.Common.Output;

/// <summary>How the cmdlets that run a command give back what came of it.</summary>
internal static class CommandResults
{
    /// <summary>
    /// Writes the result unless its lines were written already, and sets $LASTEXITCODE as a program would. A code other than 0 is
    /// an error where lines were streamed, which leaves no result to look at, and where the caller asks for it.
    /// </summary>
    /// <param name="cmdlet">The cmdlet that ran the command.</param>
    /// <param name="result">How the command ended.</param>
    /// <param name="streamed">Whether its lines were written already.</param>
    /// <param name="failOnExitCode">Whether a code other than 0 is an error all the same.</param>
    public static void Write(PSCmdlet cmdlet, ComposeCommandResult result, bool streamed, bool failOnExitCode = false)
    {
        SetExitCode(cmdlet, result);
        if (!streamed)
            cmdlet.WriteObject(result);
        if ((streamed || failOnExitCode) && result.ExitCode is { } code and not 0)
            cmdlet.WriteError(ErrorRecords.From(StreamErrors.CommandFailed.Info(result.Command.Count == 0
                ? $"{result.Container} ended with exit code {code}."
                : $"{string.Join(" ", result.Command)} ended with exit code {code} in {result.Container}.", result)));
    }

    /// <summary>Sets $LASTEXITCODE, unless the command goes on in the background.</summary>
    public static void SetExitCode(PSCmdlet cmdlet, ComposeCommandResult result)
    {
        if (result.ExitCode is { } code)
            cmdlet.SessionState.PSVariable.Set("global:LASTEXITCODE", code);
    }

    /// <summary>The file the output goes to, if any; null with the error written when it cannot be written.</summary>
    public static OutputFile? Open(Cmdlet cmdlet, string? path)
    {
        try
        {
            return new OutputFile(path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        }
        catch (Exception exception) when (exception is IOException
            or UnauthorizedAccessException
            or ArgumentException
            or NotSupportedException)
        {
            cmdlet.WriteError(ErrorRecords.From(ModuleErrors.OutFileNotWritable.Info(exception.Message, path), exception));
            return null;
        }
    }

    /// <summary>A file that is closed at the end, or none.</summary>
    internal sealed class OutputFile(FileStream? stream) : IDisposable
    {
        public FileStream? Stream => stream;

        public void Dispose() => stream?.Dispose();
    }
}
