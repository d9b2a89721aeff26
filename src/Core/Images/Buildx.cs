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
            return await RunAsync(new BuildxCommand(["buildx", "version"], null, new Dictionary<string, string>()), null, null, null, cancellationToken).ConfigureAwait(false) == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <param name="engine">What tells docker which engine to use.</param>
    /// <param name="request">What to build.</param>
    /// <param name="credentials">Whose logins, where some were given that docker does not know.</param>
    /// <param name="progress">Takes what is printed.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="Errors.ComposeException">The build failed; what it printed last is in the message.</exception>
    public static async Task BuildAsync(
        IReadOnlyDictionary<string, string?> engine, BuildRequest request, RegistryCredentials? credentials, BuildProgress progress, CancellationToken cancellationToken)
    {
        using var configuration = credentials is { HasGiven: true } ? LoginDirectory.Create(credentials) : null;
        var code = await RunAsync(BuildxCommand.Create(request), engine, configuration, progress, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (code != 0)
            throw progress.Failure($"docker buildx ended with exit code {code}.");
    }

    private static async Task<int> RunAsync(
        BuildxCommand command, IReadOnlyDictionary<string, string?>? engine, LoginDirectory? configuration, BuildProgress? progress, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("docker", command.CommandLine)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
        };
        foreach (var variable in command.Variables)
            start.Environment[variable.Key] = variable.Value;
        configuration?.Apply(start.Environment);
        foreach (var variable in engine ?? new Dictionary<string, string?>())
        {
            if (variable.Value is { } value)
                start.Environment[variable.Key] = value;
            else
                start.Environment.Remove(variable.Key);
        }

        using var process = Process.Start(start)!;
        using var registration = cancellationToken.Register(() => ChildProgram.Kill(process));
        await Task.WhenAll(ChildProgram.WriteAsync(process, command.StandardInput ?? ""), ReadAsync(process.StandardOutput, progress), ReadAsync(process.StandardError, progress)).ConfigureAwait(false);
        process.WaitForExit();
        return process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader reader, BuildProgress? progress)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            progress?.TakeLine(line);
    }
}
