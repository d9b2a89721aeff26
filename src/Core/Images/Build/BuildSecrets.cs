using Compose.Errors;
using Compose.Model.Naming;

namespace Compose.Images.Build;

/// <summary>
/// What a builder prints and nobody is to see: values of build arguments with the name of a secret, which BuildKit writes into
/// the names of its steps, and logins in addresses.
/// </summary>
internal sealed record BuildSecrets(IReadOnlyList<string> Values)
{
    /// <summary>A shorter value would blank out words that have nothing to do with it.</summary>
    private const int Shortest = 4;

    public static BuildSecrets Of(BuildRequest request) => new(
    [
        .. BuildQuery.Arguments(request).Where(argument => SecretNames.Speaks(argument.Key) && argument.Value.Length >= Shortest)
            .Select(argument => argument.Value).OrderByDescending(value => value.Length),
    ]);

    /// <summary>The text with three stars in place of each.</summary>
    public string Hide(string text) => Values.Aggregate(UrlLogin.Hide(text), (shown, value) => shown.Replace(value, "***"));
}
