using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;
using Compose.Module.Common.Output;

namespace Compose.Module.Completion;

/// <summary>Offers names within 200 ms, or none: whoever presses Tab is never shown an error and never waits.</summary>
internal abstract class NameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Names that are always the same: nothing is looked up for them, so no machine is too busy to offer them. Null where there
    /// are none.
    /// </summary>
    private protected virtual IEnumerable<string>? Fixed => null;

    /// <summary>The names there are; which of them fit the word is decided later.</summary>
    private protected abstract Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken);

    private IEnumerable<string> LookUp(IDictionary bound)
    {
        using var limit = new CancellationTokenSource(Limit);
        var scope = CompletionScope.Read(bound);
        return new EventPump(_ => { }, () => { }, limit.Token)
            .Run((_, cancellationToken) => NamesAsync(scope, cancellationToken));
    }

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var names = Fixed ?? LookUp(fakeBoundParameters);
            var word = new CompletionWord(wordToComplete);
            return [
                .. names.Where(word.Matches)
                .Distinct()
                .OrderBy(name => name, StringComparer.OrdinalIgnoreCase)
                .Select(word.Complete)];
        }
        catch (Exception exception)
        {
            Debug.WriteLine($"{commandName} -{parameterName}: {exception.Message}");
            return [];
        }
    }
}
