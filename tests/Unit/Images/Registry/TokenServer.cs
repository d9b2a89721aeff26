using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Compose.Tests.Images.Registry;

/// <summary>
/// Issues tokens as the registry's token specification requires: a JWT signed with RS256, with its certificate in x5c, for the
/// right password.
/// </summary>
internal sealed class TokenServer : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private readonly HttpListener _listener = new();
    private readonly int _port;
    private readonly string _bundle;

    public TokenServer(int port, string bundle)
    {
        (_port, _bundle) = (port, bundle);
        var request = new CertificateRequest("CN=compose test tokens", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(bundle, _certificate.ExportCertificatePem() + "\n");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>The auth section of the registry's configuration.</summary>
    public string Configuration =>
        $"{{token: {{realm: \"http://127.0.0.1:{_port}/token\", service: test, issuer: test, rootcertbundle: {_bundle}}}}}";

    public void Dispose()
    {
        _listener.Close();
        _certificate.Dispose();
        _key.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestRegistry.User}:{TestRegistry.Password}"));
        var known = context.Request.Headers["Authorization"] == expected;
        context.Response.StatusCode = known ? 200 : 401;
        var body = known ? $"{{\"token\":\"{Token(context.Request.QueryString.GetValues("scope") ?? [])}\"}}" : "{}";
        context.Response.ContentType = "application/json";
        context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: true);
    }

    /// <param name="scopes">type:name:action,action each.</param>
    private string Token(IEnumerable<string> scopes)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var access = scopes.SelectMany(scope => scope.Split(' ')).Select(scope => scope.Split(':'))
            .Select(parts => new { type = parts[0], name = string.Join(':', parts[1..^1]), actions = parts[^1].Split(',') })
            .ToArray();
        var header = JsonSerializer.Serialize(
            new { typ = "JWT", alg = "RS256", x5c = new[] { Convert.ToBase64String(_certificate.RawData) } });
        var claims = JsonSerializer.Serialize(
            new
            {
                iss = "test",
                sub = TestRegistry.User,
                aud = "test",
                exp = now + 300,
                nbf = now - 60,
                iat = now - 60,
                jti = Guid.NewGuid().ToString("N"),
                access,
            });
        var signed = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Encode(
            _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
