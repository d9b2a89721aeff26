using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;
using Compose.Module.Common.Output;

namespace Compose.Module.Completion;

/// <summary>
/// The base of completers. Offers names within 200 ms, or none; Tab never shows an error and never waits longer.
/// </summary>
internal abstract class NameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// A fixed list of names, which needs no look-up and so no time limit; null if the names must be looked up.
    /// </summary>
    private protected virtual IEnumerable<string>? Fixed => null;

    /// <summary>All names; the caller filters them by the word.</summary>
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
