using Compose.Module.Common;

namespace Compose.Module.Completion;

/// <summary>What a container can be waited for.</summary>
internal sealed class WaitForCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<string>>(WaitForAttribute.Names);
}
