using System.Management.Automation;
using Compose.Errors;
using Compose.Streams;

namespace Compose.Module.Common;

/// <summary>How the cmdlets that run a command give back what came of it.</summary>
internal static class CommandResults
{
    /// <summary>The result; where its lines were written already, only that it failed.</summary>
    public static void Write(Cmdlet cmdlet, ComposeCommandResult result, bool streamed)
    {
        if (!streamed)
            cmdlet.WriteObject(result);
        else if (result.ExitCode is { } code and not 0)
            cmdlet.WriteError(ErrorRecords.From(StreamErrors.CommandFailed.Info(result.Command.Count == 0
                ? $"{result.Container} ended with exit code {code}."
                : $"{string.Join(" ", result.Command)} ended with exit code {code} in {result.Container}.", result)));
    }

    /// <summary>The file the output goes to, if any; null with the error written when it cannot be written.</summary>
    public static OutputFile? Open(Cmdlet cmdlet, string? path)
    {
        try
        {
            return new OutputFile(path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
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
