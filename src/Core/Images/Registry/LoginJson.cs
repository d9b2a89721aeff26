using System.Text;
using System.Text.Json;

namespace Compose.Images.Registry;

/// <summary>Writes logins for the engine's headers, and for a config.json.</summary>
internal static class LoginJson
{
    /// <summary>The value of a header: JSON in the base64 of URLs.</summary>
    public static string Header(Action<Utf8JsonWriter> write) =>
        Convert.ToBase64String(Octets(write)).Replace('+', '-').Replace('/', '_');

    /// <summary>A login as the engine reads it.</summary>
    public static void Write(Utf8JsonWriter json, RegistryLogin login, string key)
    {
        json.WriteStartObject();
        if (login.IsToken)
        {
            json.WriteString("identitytoken", login.Secret);
        }
        else
        {
            json.WriteString("username", login.User);
            json.WriteString("password", login.Secret);
        }

        json.WriteString("serveraddress", key);
        json.WriteEndObject();
    }

    /// <summary>A config.json with these logins in plain text, and nothing else.</summary>
    public static byte[] Config(IReadOnlyDictionary<string, RegistryLogin> logins) => Octets(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("auths");
        foreach (var login in logins)
        {
            json.WriteStartObject(login.Key);
            if (login.Value.IsToken)
                json.WriteString("identitytoken", login.Value.Secret);
            else
                json.WriteString("auth", Encode(login.Value));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A login as auths has it.</summary>
    public static string Encode(RegistryLogin login) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(login.User + ":" + login.Secret));

    private static byte[] Octets(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            write(json);
        return stream.ToArray();
    }
}
