using System.Management.Automation;
using Compose.Errors;
using Compose.Streams;

namespace Compose.Module.Common.Output;

/// <summary>Writes the results of cmdlets that run a command.</summary>
internal static class CommandResults
{
    /// <summary>
    /// Writes the result, unless its lines were streamed, and sets $LASTEXITCODE. An exit code other than 0 is an error if
    /// lines were streamed, because then there is no result object, or if the caller asks for it.
    /// </summary>
    /// <param name="cmdlet">The cmdlet that ran the command.</param>
    /// <param name="result">The command's result.</param>
    /// <param name="streamed">Whether its lines have been written already.</param>
    /// <param name="failOnExitCode">Whether an exit code other than 0 is always an error.</param>
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

    /// <summary>Sets $LASTEXITCODE, unless the command continues in the background.</summary>
    public static void SetExitCode(PSCmdlet cmdlet, ComposeCommandResult result)
    {
        if (result.ExitCode is { } code)
            cmdlet.SessionState.PSVariable.Set("global:LASTEXITCODE", code);
    }

    /// <summary>Opens the output file, if there is a path; null, with the error written, if it cannot be opened.</summary>
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

    /// <summary>An output file, or none, so that callers can dispose it in both cases.</summary>
    internal sealed class OutputFile(FileStream? stream) : IDisposable
    {
        public FileStream? Stream => stream;

        public void Dispose() => stream?.Dispose();
    }
}
