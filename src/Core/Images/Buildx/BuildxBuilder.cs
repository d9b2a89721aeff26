using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Compose.Engine.Programs;
using Compose.Images.Build;
using Compose.Images.Registry;

namespace Compose.Images.Buildx;

/// <summary>
/// Builds with docker buildx, which opens a BuildKit session, as secrets, ssh and cache exports need.
/// </summary>
internal static class BuildxBuilder
{
    /// <summary>The exit code of shells for a program that does not exist.</summary>
    private const int NotFound = 127;

    /// <summary>
    /// The programs with their configuration directories that have buildx. Cached for this process, because each build asks, and
    /// asking takes a tenth of a second.
    /// </summary>
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);
    private static readonly SemaphoreSlim Turn = new(1, 1);

    /// <summary>Whether docker and its buildx plugin are installed. A positive result is cached.</summary>
    public static async Task<bool> IsInstalledAsync(CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var variables = new ProcessStartInfo().Environment;
            variables.TryGetValue("DOCKER_CONFIG", out var configuration);
            var place = $"{ProgramPath.Of(variables).Find("docker")}\n{configuration}";
            if (Known.ContainsKey(place))
                return true;
            var isInstalled = await VersionAsync(cancellationToken).ConfigureAwait(false) is not null;
            if (isInstalled)
                Known[place] = true;
            return isInstalled;
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>The output of <c>docker buildx version</c>; null if docker or buildx is not installed.</summary>
    public static async Task<string?> VersionAsync(CancellationToken cancellationToken)
    {
        var said = new StringBuilder();
        try
        {
            var command = new BuildxCommand(["buildx", "version"], null, new Dictionary<string, string>());
            return await RunAsync(command, null, null, line => said.Append(line), _ => { }, cancellationToken)
                .ConfigureAwait(false) == 0
                ? said.ToString()
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <param name="engine">Environment variables that make docker use the engine; null values are removed.</param>
    /// <param name="request">The image to build.</param>
    /// <param name="credentials">The logins. Those of parameters are passed to docker, which has only those of its own.</param>
    /// <param name="progress">Receives the output.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="Errors.ComposeException">The build failed; the message has the last output.</exception>
    public static async Task BuildAsync(
        IReadOnlyDictionary<string, string?> engine, BuildRequest request, RegistryCredentials? credentials,
        BuildProgress progress, CancellationToken cancellationToken)
    {
        using var configuration = credentials is { HasGiven: true } ? TemporaryDockerConfig.Create(credentials) : null;
        var code = await RunAsync(
            BuildxCommand.Create(request), engine, configuration, progress.TakeLine, progress.TakeLine,
            cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (code != 0)
            throw progress.Failure($"docker buildx ended with exit code {code}.");
    }

    /// <summary>Checks the Dockerfile without building it. Returns buildx's findings as JSON.</summary>
    /// <exception cref="Errors.ComposeException">The check could not be done.</exception>
    public static async Task<string> CheckAsync(
        IReadOnlyDictionary<string, string?> engine, BuildRequest request, RegistryCredentials? credentials,
        BuildProgress progress, CancellationToken cancellationToken)
    {
        using var configuration = credentials is { HasGiven: true } ? TemporaryDockerConfig.Create(credentials) : null;
        var answer = new StringBuilder();
        // The exit code is not 0 if there are findings, so the output decides whether the check was done.
        var code = await RunAsync(
            BuildxCommand.Create(request, checks: true), engine, configuration, line => answer.Append(line).Append('\n'),
            progress.TakeLine, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var text = answer.ToString().Trim();
        return text.StartsWith("{", StringComparison.Ordinal)
            ? text
            : throw progress.Failure($"docker buildx cannot check it and ended with exit code {code}.");
    }

    private static async Task<int> RunAsync(
        BuildxCommand command, IReadOnlyDictionary<string, string?>? engine, TemporaryDockerConfig? configuration,
        Action<string> output,
        Action<string> errors, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("docker", command.CommandLine) { RedirectStandardError = true };
        if (Directory.Exists(command.Directory))
            start.WorkingDirectory = command.Directory;
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

        using var process = ChildProgram.Start(start);
        if (process is null)
            return NotFound;
        using var registration = cancellationToken.Register(() => ChildProgram.Kill(process));
        await Task.WhenAll(
            ChildProgram.WriteAsync(process, command.StandardInput ?? ""),
            ReadAsync(process.StandardOutput, output),
            ReadAsync(process.StandardError, errors)).ConfigureAwait(false);
        return await ChildProgram.ExitAsync(process, cancellationToken).ConfigureAwait(false);
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            take(line);
    }
}
