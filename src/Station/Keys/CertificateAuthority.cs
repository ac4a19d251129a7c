using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cinnabar.Station.Keys;

/// <summary>The court's own CA: names seals for TLS and the station for seals. Nobody else's certificate counts.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private static readonly TimeSpan s_backdate = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly X509Certificate2 _authority;

    public CertificateAuthority(string keysFolder, TimeProvider time)
    {
        _time = time;
        using var key = KeyFile.Read(Path.Combine(keysFolder, "authority.pem"));
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(keysFolder, "authority.crt"));
        _authority = certificate.CopyWithPrivateKey(key);
    }

    /// <summary>The CA certificate, DER, which seals pin.</summary>
    public ReadOnlyMemory<byte> Der => _authority.RawDataMemory;

    /// <summary>The CA certificate for checking a seal's chain.</summary>
    public X509Certificate2 Certificate => _authority;

    /// <summary>Makes the self-signed CA certificate beside its key.</summary>
    public static void Create(string keysFolder, string courtName, DateTimeOffset now)
    {
        using var key = KeyFile.Read(Path.Combine(keysFolder, "authority.pem"));
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName($"{courtName} Cinnabar CA");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now - s_backdate, now.AddYears(20));
        File.WriteAllText(Path.Combine(keysFolder, "authority.crt"), certificate.ExportCertificatePem());
    }

    /// <summary>A certificate for a seal's TLS key.</summary>
    /// <param name="csr">DER PKCS #10 request; its own signature is checked, its wishes are ignored.</param>
    /// <exception cref="CryptographicException">The request is malformed, not signed by its key, or for a key that is not P-256.</exception>
    public byte[] IssueDevice(ReadOnlySpan<byte> csr, string device)
    {
        var asked = CertificateRequest.LoadSigningRequest(csr, HashAlgorithmName.SHA256, out var consumed);
        if (consumed != csr.Length)
        {
            throw new CryptographicException("Bytes follow the certification request.");
        }

        using (var key = asked.PublicKey.GetECDsaPublicKey())
        {
            // RSA would cost the station ten times as much at every handshake.
            if (key?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                throw new CryptographicException("The key of a seal is P-256.");
            }
        }

        var request = new CertificateRequest(DeviceName(device), asked.PublicKey, HashAlgorithmName.SHA256);
        using var certificate = Issue(request, ClientUsage, _time.GetUtcNow().AddYears(6));
        return certificate.RawData;
    }

    /// <summary>The station's own certificate for the uplink port, made anew at every start.</summary>
    public X509Certificate2 IssueServer(string keysFolder, IEnumerable<string> names)
    {
        using var key = KeyFile.Read(Path.Combine(keysFolder, "uplink.pem"));
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("Cinnabar station");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var one in names.Distinct())
        {
            if (IPAddress.TryParse(one, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(one);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = Issue(request, ServerUsage, _time.GetUtcNow().AddYears(1));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>The device id in a seal's certificate, or null when it is not one of this CA.</summary>
    public string? DeviceOf(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // Revocation is a statement, checked in KeyRegister.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientUsage));

        // A stranger's certificate names addresses to fetch its issuer from; the station calls nobody for a stranger.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        return chain.Build(certificate) ? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) : null;
    }

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Issue(CertificateRequest request, string usage, DateTimeOffset until)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        return request.Create(_authority, _time.GetUtcNow() - s_backdate, until, RandomNumberGenerator.GetBytes(16));
    }

    private static X500DistinguishedName DeviceName(string device)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(device);
        return name.Build();
    }
}
