using System.Collections.Specialized;
using System.Management.Automation;
using Compose.Errors;
using Compose.Execute;
using Compose.Files;
using Compose.Streams;
using ErrorCategory = System.Management.Automation.ErrorCategory;

namespace Compose.Module.Common.Output;

/// <summary>Converts Core's errors to error records with the same id, category, target and advice.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(ErrorInfo error, Exception? exception = null) =>
        Create(
            exception ?? new ComposeException(error), error.Id, Category(error.Category), error.Target, error.Message,
            error.Advice);

    /// <summary>
    /// Converts a diagnostic. The message begins with file:line:column; the target has the diagnostic's fields, so that the
    /// error view can show the line.
    /// </summary>
    public static ErrorRecord From(Diagnostic diagnostic)
    {
        var category = diagnostic.Id switch
        {
            FileErrors.NoFile or FileErrors.InSystemDirectory or FileErrors.EnvFileNotFound or ModelErrors.NoSuchService =>
                ErrorCategory.ObjectNotFound,
            FileErrors.Malformed => ErrorCategory.ParserError,
            FileErrors.Unreadable => ErrorCategory.ReadError,
            FileErrors.IsDirectory or FileErrors.InvalidProjectName => ErrorCategory.InvalidArgument,
            _ => ErrorCategory.InvalidData,
        };
        return Create(
            new InvalidDataException(diagnostic.ToString()), diagnostic.Id, category, Target(diagnostic), diagnostic.ToString(),
            diagnostic.Advice);
    }

    /// <summary>A dictionary with the keys that PowerShell's concise error view needs to show the line.</summary>
    private static OrderedDictionary Target(Diagnostic diagnostic)
    {
        var target = new OrderedDictionary
        {
            ["Id"] = diagnostic.Id,
            ["File"] = diagnostic.File is null ? null : TerminalText.Line(diagnostic.File),
            ["Line"] = diagnostic.Line,
            ["Column"] = diagnostic.Column,
            ["StartColumn"] = ShownColumn(diagnostic, diagnostic.Column),
            ["EndColumn"] = ShownColumn(diagnostic, diagnostic.EndColumn),
            ["Path"] = diagnostic.Path,
            ["Advice"] = diagnostic.Advice,
        };
        if (diagnostic.LineText is { } text)
            target["LineText"] = Shown(text);
        return target;
    }

    /// <summary>The column in the displayed line, where escaped characters are longer.</summary>
    private static int ShownColumn(Diagnostic diagnostic, int column) =>
        diagnostic.LineText is { } text && column > 0 && column <= text.Length + 1
            ? Shown(text.Substring(0, column - 1)).Length + 1
            : column;

    /// <summary>A tab is shown as \t, because one in the indentation is a fault that nobody can see.</summary>
    private static string Shown(string line) => TerminalText.Block(line).Replace("\t", "\\t");

    /// <summary>
    /// Converts the report of a project with failed actions to one record. Its target has all failed and skipped actions.
    /// </summary>
    public static ErrorRecord From(ExecutionReport report)
    {
        var first = report.Failed[0];
        var error = first.Error;
        var more = report.Failed.Count + report.Skipped.Count - 1;
        var message = $"{report.ProjectName}: {first.Action} {first.Target} failed: {error?.Message ?? first.Reason}"
            + (more > 0 ? $" ({report.Failed.Count} failed, {report.Skipped.Count} skipped; see the target object)" : "");
        var info = new ErrorInfo(
            error?.Id ?? "ActionFailed", error?.Category ?? Errors.ErrorCategory.NotSpecified, message, report, error?.Advice);
        return Create(new ComposeException(info), info.Id, Category(info.Category), report, info.Message, info.Advice);
    }

    private static ErrorRecord Create(
        Exception exception, string id, ErrorCategory category, object? target, string message, string? advice)
    {
        var record = new ErrorRecord(exception, id, category, target)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice ?? "" },
        };
        record.CategoryInfo.TargetName = TerminalText.Line(record.CategoryInfo.TargetName ?? "");
        // A result converts to the command's output, which must not be in the error's text.
        if (target is ComposeCommandResult result)
            record.CategoryInfo.TargetName = result.Container;
        return record;
    }

    private static ErrorCategory Category(Errors.ErrorCategory category) =>
        Enum.TryParse<ErrorCategory>(category.ToString(), out var known) ? known : ErrorCategory.NotSpecified;
}
