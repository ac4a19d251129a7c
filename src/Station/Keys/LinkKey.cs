using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;

namespace Cinnabar.Station.Keys;

/// <summary>What this court shows on links between courts, on either end: a certificate that counts by its key alone.</summary>
/// <remarks>
/// The governance log names the key of each court's certificate, so no CA vouches for it and no date ends it: a court whose
/// clock is wrong must still be able to bring evidence. Owns the certificate. Safe for concurrent use.
/// </remarks>
internal sealed class LinkKey : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset s_from = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The date that says "no end": RFC 5280, section 4.1.2.5.</summary>
    private static readonly DateTimeOffset s_until = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    private LinkKey(X509Certificate2 certificate)
    {
        Certificate = certificate;
        Digest = DigestOf(certificate);
    }

    /// <summary>Self-signed, for server and client, made anew at every start.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of its SubjectPublicKeyInfo: the <c>link_key</c> of docs/formats/governance.md.</summary>
    public Digest Digest { get; }

    public static bool Exists(string dataDirectory) => File.Exists(PathOf(dataDirectory));

    /// <summary>Makes the key; an existing one is never replaced.</summary>
    /// <exception cref="IOException">There is one already.</exception>
    public static void Create(string dataDirectory)
    {
        KeyFile.Create(PathOf(dataDirectory));
        DurableFile.SyncFolder(StationKeys.Folder(dataDirectory));
    }

    /// <exception cref="FileNotFoundException">The folder has no such key.</exception>
    /// <exception cref="UnauthorizedAccessException">The key's file is open to group or others.</exception>
    public static LinkKey Open(string dataDirectory)
    {
        if (!Exists(dataDirectory))
        {
            throw new FileNotFoundException($"{PathOf(dataDirectory)}, this court's key on links between courts, is missing. Bring it back from the safe, or have the next epoch name a new one.");
        }

        using var key = KeyFile.Read(PathOf(dataDirectory));
        var request = new CertificateRequest(new X500DistinguishedName("CN=Cinnabar court"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUsage), new Oid(ClientUsage)], critical: true));
        return new LinkKey(request.CreateSelfSigned(s_from, s_until));
    }

    /// <summary>The name of the key in a certificate, one's own or the other court's.</summary>
    public static Digest DigestOf(X509Certificate2 certificate) => Digest.Of(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    public void Dispose() => Certificate.Dispose();

    private static string PathOf(string dataDirectory) => Path.Combine(StationKeys.Folder(dataDirectory), "link.pem");
}
