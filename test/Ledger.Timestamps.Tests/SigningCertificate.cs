using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cinnabar.Ledger.Timestamps.Tests;

/// <summary>A root and the certificate of an authority below it, one of them spoiled where a test says so; as files for OpenSSL.</summary>
internal sealed class SigningCertificate
{
    private static readonly Oid s_timeStamping = new("1.3.6.1.5.5.7.3.8");
    private static readonly Oid s_codeSigning = new("1.3.6.1.5.5.7.3.3");

    private SigningCertificate(X509Certificate2 root, X509Certificate2 certificate, ECDsa key)
    {
        Root = root;
        Certificate = certificate;
        Key = key;
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Certificate { get; }

    private ECDsa Key { get; }

    /// <param name="from">Days from now on which the authority's certificate begins.</param>
    /// <param name="to">Days from now on which it ends.</param>
    /// <param name="purposes">How many purposes it has: none, time stamping, and code signing as well.</param>
    public static SigningCertificate New(int from = -1, int to = 365, int purposes = 1, bool critical = true)
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Root of a timestamp test", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        rootRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(rootRequest.PublicKey, false));
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-1000), now.AddDays(1000));

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of a timestamp test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        if (purposes > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes == 1 ? [s_timeStamping] : [s_timeStamping, s_codeSigning], critical));
        }

        var certificate = request.Create(root, now.AddDays(from), now.AddDays(to), [1, 2, 3, 4]);
        return new SigningCertificate(X509CertificateLoader.LoadCertificate(root.RawData), certificate, key);
    }

    /// <summary>tsa.pem, tsa.key and root.pem.</summary>
    public void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "tsa.pem"), Certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "tsa.key"), Key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "root.pem"), Root.ExportCertificatePem());
    }
}
