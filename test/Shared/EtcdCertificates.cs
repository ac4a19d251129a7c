using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cinnabar.Shared;

/// <summary>A CA of its own for one cluster on loopback, the members' certificate and one for clients, as PEM files in a folder.</summary>
internal sealed class EtcdCertificates : IDisposable
{
    private static readonly DateTimeOffset s_from = DateTimeOffset.UtcNow.AddHours(-1);
    private static readonly DateTimeOffset s_until = DateTimeOffset.UtcNow.AddDays(30);

    private readonly X509Certificate2 _authority;

    public EtcdCertificates(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Cinnabar test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = request.CreateSelfSigned(s_from, s_until);
        AuthorityFile = Path.Combine(folder, "ca.pem");
        MemberFile = Path.Combine(folder, "member.pem");
        MemberKeyFile = Path.Combine(folder, "member.key");
        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
        using var member = Issue("member");
        File.WriteAllText(MemberFile, member.ExportCertificatePem());
        using var memberKey = member.GetECDsaPrivateKey()!;
        File.WriteAllText(MemberKeyFile, memberKey.ExportECPrivateKeyPem());
        Client = Issue("court");
    }

    public string AuthorityFile { get; }

    public string MemberFile { get; }

    public string MemberKeyFile { get; }

    public X509Certificate2 Client { get; }

    public bool Trusts(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 shown)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }

    public void Dispose()
    {
        Client.Dispose();
        _authority.Dispose();
    }

    private X509Certificate2 Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        // Members speak to each other, and the gateway to its own member: both uses.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var issued = request.Create(_authority, s_from, s_until, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
