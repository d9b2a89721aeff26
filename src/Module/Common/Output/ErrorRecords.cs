using System.Collections.Specialized;
using System.Management.Automation;
using Compose.Errors;
using Compose.Execute;
using Compose.Files;
using Compose.Streams;
using ErrorCategory = System.Management.Automation.ErrorCategory;

namespace Compose.Module.Common.Output;

/// <summary>Turns errors of the core into error records: same id, category, target and advice.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(ErrorInfo error, Exception? exception = null) =>
        Create(
            exception ?? new ComposeException(error), error.Id, Category(error.Category), error.Target, error.Message,
            error.Advice);

    /// <summary>
    /// The message begins with file:line:column; the target is the diagnostic's fields, from which the error view draws the line.
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

    /// <summary>PowerShell's concise view shows the line of a target that is a dictionary with these keys.</summary>
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
            target["LineText"] = TerminalText.Block(text);
        return target;
    }

    /// <summary>Where a column is in the line as it is shown.</summary>
    private static int ShownColumn(Diagnostic diagnostic, int column) =>
        diagnostic.LineText is { } text && column > 0 && column <= text.Length + 1
            ? TerminalText.Block(text.Substring(0, column - 1)).Length + 1
            : column;

    /// <summary>
    /// One record for a project that did not become what was wanted; the target tells every failed and skipped action.
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
        // As text a result is what the command wrote, which does not belong into an error.
        if (target is ComposeCommandResult result)
            record.CategoryInfo.TargetName = result.Container;
        return record;
    }

    private static ErrorCategory Category(Errors.ErrorCategory category) =>
        Enum.TryParse<ErrorCategory>(category.ToString(), out var known) ? known : ErrorCategory.NotSpecified;
}
