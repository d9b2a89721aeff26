using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Compose.Engine.Transport.Tls;

/// <summary>
/// Combines a certificate with its key in PKCS#1 (RFC 8017), PKCS#8 (RFC 5208) or SEC1 (RFC 5915) form. Used on both frameworks,
/// since .NET Framework cannot read these forms.
/// </summary>
internal static class PrivateKeyReader
{
    private const string Rsa = "1.2.840.113549.1.1.1", EllipticCurve = "1.2.840.10045.2.1";

    /// <exception cref="FormatException">The key is malformed or of a kind that is not supported.</exception>
    /// <exception cref="ArgumentException">The key is not the certificate's.</exception>
    public static X509Certificate2 Join(X509Certificate2 certificate, PemBlock key) => key.Label switch
    {
        "RSA PRIVATE KEY" => JoinRsa(certificate, key.Content),
        "EC PRIVATE KEY" => JoinEllipticCurve(certificate, key.Content, null),
        "PRIVATE KEY" => JoinPkcs8(certificate, key.Content),
        _ => throw new FormatException($"A '{key.Label}' is not supported."),
    };

    private static X509Certificate2 JoinPkcs8(X509Certificate2 certificate, byte[] content)
    {
        var info = new DerReader(content).Enter(DerReader.Sequence);
        info.Unsigned();
        var algorithm = info.Enter(DerReader.Sequence);
        var identifier = algorithm.Identifier();
        var curve = algorithm.Next == DerReader.ObjectIdentifier ? algorithm.Identifier() : null;
        var key = info.Bytes(DerReader.OctetString);
        return identifier switch
        {
            Rsa => JoinRsa(certificate, key),
            EllipticCurve => JoinEllipticCurve(certificate, key, curve),
            _ => throw new FormatException($"A key of the algorithm {identifier} is not supported."),
        };
    }

    private static X509Certificate2 JoinRsa(X509Certificate2 certificate, byte[] content)
    {
        var key = new DerReader(content).Enter(DerReader.Sequence);
        key.Unsigned();
        var (modulus, exponent) = (key.Unsigned(), key.Unsigned());
        var half = (modulus.Length + 1) / 2;
        var parameters = new RSAParameters
        {
            Modulus = modulus,
            Exponent = exponent,
            D = Padded(key.Unsigned(), modulus.Length),
            P = Padded(key.Unsigned(), half),
            Q = Padded(key.Unsigned(), half),
            DP = Padded(key.Unsigned(), half),
            DQ = Padded(key.Unsigned(), half),
            InverseQ = Padded(key.Unsigned(), half),
        };
        using var rsa = RSA.Create();
        rsa.ImportParameters(parameters);
        return certificate.CopyWithPrivateKey(rsa);
    }

    /// <param name="certificate">The certificate, for the public point when the key does not contain it.</param>
    /// <param name="content">The SEC1 structure.</param>
    /// <param name="curve">The identifier of the curve from PKCS#8, or null.</param>
    private static X509Certificate2 JoinEllipticCurve(X509Certificate2 certificate, byte[] content, string? curve)
    {
        var key = new DerReader(content).Enter(DerReader.Sequence);
        key.Unsigned();
        var d = key.Bytes(DerReader.OctetString);
        if (key.Next == DerReader.Context0)
            curve = key.Enter(DerReader.Context0).Identifier();
        var point = key.Next == DerReader.Context1
            ? Point(key.Enter(DerReader.Context1).Bytes(DerReader.BitString), d.Length)
            : PublicPoint(certificate);
        using var elliptic = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.CreateFromValue(curve ?? throw new FormatException("The key does not name its curve.")),
            D = d,
            Q = point,
        });
        return certificate.CopyWithPrivateKey(elliptic);
    }

    /// <summary>Parses an uncompressed point: the number of unused bits, 4, X, Y.</summary>
    private static ECPoint Point(byte[] bits, int length) => bits.Length == 2 + (2 * length) && bits[1] == 4
        ? new ECPoint { X = [.. bits.Skip(2).Take(length)], Y = [.. bits.Skip(2 + length)] }
        : throw new FormatException("The key's public point is not in uncompressed form.");

    private static ECPoint PublicPoint(X509Certificate2 certificate)
    {
        using var known = certificate.GetECDsaPublicKey() ?? throw new ArgumentException("The certificate has no EC key.");
        return known.ExportParameters(false).Q;
    }

    private static byte[] Padded(byte[] value, int length)
    {
        if (value.Length > length)
            throw new FormatException("The key's numbers do not fit together.");
        var padded = new byte[length];
        Buffer.BlockCopy(value, 0, padded, length - value.Length, value.Length);
        return padded;
    }
}
