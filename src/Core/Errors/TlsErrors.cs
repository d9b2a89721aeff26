namespace Compose.Errors;

/// <summary>Errors of connections over TLS.</summary>
internal static class TlsErrors
{
    public static readonly ErrorDefinition FileNotFound = new("TlsFileNotFound", ErrorCategory.ObjectNotFound,
        "TLS needs ca.pem, and cert.pem with key.pem where the engine asks for them: in DOCKER_CERT_PATH, in .docker, or in the "
            + "docker context.");
    public static readonly ErrorDefinition FileInvalid = new("TlsFileInvalid", ErrorCategory.InvalidData,
        "Certificates and keys are PEM files; a key is RSA or EC, in PKCS#1, PKCS#8 or SEC1 form, and not encrypted.");
    public static readonly ErrorDefinition NotTrusted = new("EngineCertificateNotTrusted", ErrorCategory.SecurityError,
        "Use the ca.pem of the authority that signed the engine's certificate.");
    public static readonly ErrorDefinition Expired = new("EngineCertificateExpired", ErrorCategory.SecurityError,
        "Renew the certificate where the engine runs, and check the clocks of both machines.");
    public static readonly ErrorDefinition WrongName = new("EngineCertificateNameMismatch", ErrorCategory.SecurityError,
        "Use a name the certificate was issued for, or issue one for this name (subjectAltName).");
    public static readonly ErrorDefinition ClientRefused = new("EngineClientCertificateRefused", ErrorCategory.PermissionDenied,
        "Use a cert.pem and key.pem signed by the authority the engine trusts (its --tlscacert).");
    public static readonly ErrorDefinition PlainAnswer = new("EngineSpeaksPlainHttp", ErrorCategory.ConnectionError,
        "The port serves no TLS: name the engine's TLS port, usually 2376, or unset DOCKER_TLS_VERIFY for an engine without "
            + "TLS.");
    public static readonly ErrorDefinition TlsWanted = new("EngineSpeaksTls", ErrorCategory.ConnectionError,
        "Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use a docker context that holds the certificates.");
    public static readonly ErrorDefinition HandshakeFailed = new("EngineTlsFailed", ErrorCategory.ConnectionError,
        "Check that the port is the engine's TLS port, usually 2376, and that both sides speak TLS 1.2 or newer.");
}
