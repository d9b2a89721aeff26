using Compose.Errors;
using Compose.Model.Naming;

namespace Compose.Images.Build;

/// <summary>
/// Masks secrets in a builder's output: values of build arguments whose names suggest a secret, which BuildKit shows in the names
/// of its steps, and credentials in URLs.
/// </summary>
internal sealed record BuildSecrets(IReadOnlyList<string> Values)
{
    /// <summary>The shortest value to mask; shorter ones would also match parts of other words.</summary>
    private const int Shortest = 4;

    public static BuildSecrets Of(BuildRequest request) => new(
    [
        .. BuildQuery.Arguments(request).Where(argument => SecretNames.IsMatch(argument.Key) && argument.Value.Length >= Shortest)
            .Select(argument => argument.Value).OrderByDescending(value => value.Length),
    ]);

    /// <summary>Replaces each secret by three asterisks.</summary>
    public string Hide(string text) => Values.Aggregate(UrlLogin.Hide(text), (shown, value) => shown.Replace(value, "***"));
}
