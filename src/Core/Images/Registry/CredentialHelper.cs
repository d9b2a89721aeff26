using System.Diagnostics;
using System.Text.Json;
using Compose.Engine.Programs;
using Compose.Errors;

namespace Compose.Images.Registry;

/// <summary>
/// Runs docker's credential helpers, the programs docker-credential-NAME: they read standard input and write JSON to standard
/// output.
/// </summary>
internal static class CredentialHelper
{
    /// <summary>The login that a helper has for a server; null if it has none.</summary>
    public static async Task<RegistryLogin?> GetAsync(string helper, string server, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(helper, "get", server, cancellationToken).ConfigureAwait(false);
        if (answer is null)
            return null;
        using (answer)
        {
            if (!answer.RootElement.TryGetProperty("Username", out var user)
                || !answer.RootElement.TryGetProperty("Secret", out var secret))
                return null;
            return user.ValueKind == JsonValueKind.String && secret.ValueKind == JsonValueKind.String
                ? new RegistryLogin(user.GetString()!, secret.GetString()!)
                : throw ImageErrors.CredentialHelper.Exception(
                    $"The credential helper 'docker-credential-{helper}' answered with a user name or secret that is no text.",
                        helper);
        }
    }

    /// <summary>The servers that a helper has logins for.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(string helper, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(helper, "list", "", cancellationToken).ConfigureAwait(false);
        if (answer is null)
            return [];
        using (answer)
            return [.. answer.RootElement.EnumerateObject().Select(property => property.Name)];
    }

    /// <summary>Runs a helper's verb (get, list). Returns its JSON object, or null if it has no login.</summary>
    private static async Task<JsonDocument?> RunAsync(
        string helper, string verb, string input, CancellationToken cancellationToken)
    {
        if (ProgramPath.IsPath(helper))
        {
            throw ImageErrors.CredentialHelper.Exception(
                $"Docker's configuration names the credential helper '{helper}', which is a path. A helper has a name only.",
                helper);
        }

        try
        {
            using var process = ChildProgram.Start(new ProcessStartInfo("docker-credential-" + helper, verb))
                ?? throw ImageErrors.CredentialHelper.Exception(
                    $"The credential helper 'docker-credential-{helper}' is not on PATH.", helper);
            using var registration = cancellationToken.Register(() => ChildProgram.Kill(process));
            await ChildProgram.WriteAsync(process, input + "\n").ConfigureAwait(false);
            var answer = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            var code = await ChildProgram.ExitAsync(process, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            // By the helpers' protocol this text on standard output means "no login"; other failures are errors.
            if (answer.IndexOf("credentials not found", StringComparison.OrdinalIgnoreCase) >= 0)
                return null;
            if (code == 0)
                return answer.Trim() is "" or "null" ? null : Answer(answer, helper);
            throw ImageErrors.CredentialHelper.Exception(
                $"The credential helper 'docker-credential-{helper}' failed: {answer.Trim()}", helper);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or JsonException)
        {
            throw ImageErrors.CredentialHelper.Exception(
                $"The credential helper 'docker-credential-{helper}' did not answer: {exception.Message}", helper,
                inner: exception);
        }
    }

    private static JsonDocument Answer(string text, string helper)
    {
        var answer = JsonDocument.Parse(text);
        if (answer.RootElement.ValueKind == JsonValueKind.Object)
            return answer;
        answer.Dispose();
        throw ImageErrors.CredentialHelper.Exception(
            $"The credential helper 'docker-credential-{helper}' answered with something else than a JSON object.", helper);
    }
}
