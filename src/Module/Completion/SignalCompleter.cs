namespace Compose.Module.Completion;

/// <summary>Completes signals.</summary>
internal sealed class SignalCompleter : NameCompleter
{
    private static readonly string[] Signals =
    [
        "SIGABRT", "SIGALRM", "SIGCONT", "SIGHUP", "SIGINT", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP", "SIGTERM", "SIGTSTP",
        "SIGUSR1", "SIGUSR2", "SIGWINCH",
    ];

    private protected override IEnumerable<string> Fixed => Signals;

    private protected override Task<IEnumerable<string>> NamesAsync(CompletionScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(Fixed);
}
