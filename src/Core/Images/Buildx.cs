using System.Diagnostics;

namespace Compose.Images;

/// <summary>Builds by docker buildx, which has the session the Engine API lacks: for secrets, ssh, cache exports and the like.</summary>
internal static class Buildx
{
    /// <summary>Whether docker with its buildx is installed.</summary>
    public static async Task<bool> IsInstalledAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(new BuildxCommand(["buildx", "version"], null, new Dictionary<string, string>()), null, null, cancellationToken).ConfigureAwait(false) == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <exception cref="Errors.ComposeException">The build failed; what it printed last is in the message.</exception>
    public static async Task BuildAsync(IReadOnlyDictionary<string, string?> engine, BuildRequest request, BuildProgress progress, CancellationToken cancellationToken)
    {
        var code = await RunAsync(BuildxCommand.Create(request), engine, progress, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (code != 0)
            throw progress.Failure($"docker buildx ended with exit code {code}.");
    }

    private static async Task<int> RunAsync(BuildxCommand command, IReadOnlyDictionary<string, string?>? engine, BuildProgress? progress, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("docker", command.CommandLine)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
        };
        foreach (var variable in command.Variables)
            start.Environment[variable.Key] = variable.Value;
        foreach (var variable in engine ?? new Dictionary<string, string?>())
        {
            if (variable.Value is { } value)
                start.Environment[variable.Key] = value;
            else
                start.Environment.Remove(variable.Key);
        }

        using var process = Process.Start(start)!;
        using var registration = cancellationToken.Register(() => Kill(process));
        if (command.StandardInput is { } text)
            await process.StandardInput.WriteAsync(text).ConfigureAwait(false);
        process.StandardInput.Close();
        await Task.WhenAll(ReadAsync(process.StandardOutput, progress), ReadAsync(process.StandardError, progress)).ConfigureAwait(false);
        process.WaitForExit();
        return process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader reader, BuildProgress? progress)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            progress?.TakeLine(line);
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
            process.Kill();
    }
}
