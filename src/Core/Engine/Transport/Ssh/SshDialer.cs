using System.ComponentModel;
using System.Diagnostics;
using Compose.Engine.Endpoint;
using Compose.Engine.Programs;
using Compose.Errors;

namespace Compose.Engine.Transport.Ssh;

/// <summary>
/// Connects through the ssh program, with one process per connection and the user's ssh configuration, keys and agent.
/// </summary>
internal sealed class SshDialer(EngineEndpoint endpoint) : IDialer
{
    /// <summary>
    /// The logins that may be under way at once, in the whole process: sessions and runspaces may dial the same server, which
    /// drops connections at random while more than ten are being logged in (sshd's MaxStartups).
    /// </summary>
    private static readonly SemaphoreSlim Logins = new(6);

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        await Logins.WaitAsync(cancellationToken).ConfigureAwait(false);
        var turn = new LoginSlot(Logins);
        try
        {
            return new SshStream(Start(), endpoint, turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private Process Start()
    {
        try
        {
            var arguments = SshCommand.Arguments(endpoint.Uri);
            var start = new ProcessStartInfo(endpoint.SshProgram, arguments) { RedirectStandardError = true };
            return ChildProgram.Start(start)
                ?? throw SshErrors.ProgramNotFound.Exception(
                    $"{endpoint.Host} needs the program '{endpoint.SshProgram}', and it is not on PATH.", endpoint.Host);
        }
        catch (Win32Exception exception)
        {
            throw SshErrors.ProgramNotFound.Exception(
                $"The program '{endpoint.SshProgram}', which {endpoint.Host} needs, cannot be started: {exception.Message}",
                endpoint.Host, inner: exception);
        }
    }
}

/// <summary>
/// A slot of the login limit: released at the first data from the server, when the connection fails or is closed, or after five
/// seconds.
/// </summary>
internal sealed class LoginSlot : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _turns;
    private readonly CancellationTokenSource _ending;
    private int _ended;

    public LoginSlot(SemaphoreSlim turns)
    {
        _turns = turns;
        _ending = new CancellationTokenSource(Longest);
        _ending.Token.Register(Dispose);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _turns.Release();
        _ending.Dispose();
    }
}
