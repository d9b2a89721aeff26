using Compose.Module.Common;

namespace Compose.Module.Completion;

/// <summary>Completes the states of Wait-ComposeService -For.</summary>
internal sealed class WaitForCompleter : NameCompleter
{
    private protected override IEnumerable<string> Fixed => WaitForAttribute.Names;

    private protected override Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(Fixed);
}
