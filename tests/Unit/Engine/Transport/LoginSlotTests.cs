using Compose.Engine.Transport.Ssh;

namespace Compose.Tests.Engine.Transport;

/// <summary>The limit on ssh logins at a time, which all sessions of the process share.</summary>
public class LoginSlotTests
{
    [Fact]
    public async Task A_turn_is_given_back_once_whoever_ends_it_and_on_however_many_threads()
    {
        using var turns = new SemaphoreSlim(0);
        for (var taken = 1; taken <= 200; taken++)
        {
            var turn = new LoginSlot(turns);

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(turn.Dispose)));

            Assert.Equal(taken, turns.CurrentCount);
        }
    }
}
