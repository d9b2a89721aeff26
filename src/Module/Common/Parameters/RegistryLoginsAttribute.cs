using System.Collections;
using System.Management.Automation;
using Compose.Images.Registry;

namespace Compose.Module.Common.Parameters;

/// <summary>Validates and reads a hashtable of registries and their PSCredential.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RegistryLoginsAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        foreach (DictionaryEntry entry in (Hashtable)arguments)
        {
            if (WrappedValue.Unwrap(entry.Value) is not PSCredential)
                throw new ValidationMetadataException(
                    $"The login for '{entry.Key}' is no PSCredential; write @{{ '{entry.Key}' = Get-Credential }}.");
        }
    }

    public static IReadOnlyDictionary<string, RegistryLogin> Read(Hashtable? logins) => logins is null
        ? new Dictionary<string, RegistryLogin>()
        : logins.Cast<DictionaryEntry>()
            .ToDictionary(entry => entry.Key.ToString()!, entry => Login((PSCredential)WrappedValue.Unwrap(entry.Value)!));

    private static RegistryLogin Login(PSCredential credential)
    {
        var login = credential.GetNetworkCredential();
        return new RegistryLogin(credential.UserName, login.Password);
    }
}
