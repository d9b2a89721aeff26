using System.Diagnostics;
using Compose.Engine.Programs;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Programs;

/// <summary>Waiting for a program to exit.</summary>
public class ChildProgramTests
{
    [UnixTheory]
    [InlineData("exit 0", 0)]
    [InlineData("sleep 0.2; exit 7", 7)]
    public async Task Its_exit_code_comes_back(string script, int code)
    {
        using var process = Start(script);

        Assert.Equal(code, await ChildProgram.ExitAsync(process, CancellationToken.None));
    }

    [UnixTheory]
    [InlineData("exec >&-; exec sleep 60")]
    public async Task One_that_closes_its_output_and_lives_on_holds_nobody_up(string script)
    {
        using var process = Start(script);
        using var stop = new CancellationTokenSource();
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
        var exit = ChildProgram.ExitAsync(process, stop.Token);

        Assert.False(exit.IsCompleted);
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exit);
        Assert.True(ChildProgram.Kill(process));
    }

    private static Process Start(string script) => ChildProgram.Start(new ProcessStartInfo("sh", $"-c \"{script}\""))!;
}
