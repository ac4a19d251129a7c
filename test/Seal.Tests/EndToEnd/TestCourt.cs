using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Tests.EndToEnd;

/// <summary>A court's keys: its CA, its command key, and the statements it signs with it.</summary>
internal sealed class TestCourt : IDisposable
{
    public const string Code = "T1";

    private readonly ECDsa _authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly EcdsaSigningKey _commandKey = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public TestCourt()
    {
        var request = new CertificateRequest("CN=Test court CA", _authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        Genesis = Sign("court.genesis", "log", CborValue.Map(("code", CborValue.Text(Code)), ("command_key", _commandKey.PublicKey.ToCbor())));
    }

    public X509Certificate2 Authority { get; }

    public Statement Genesis { get; }

    public CoseKey CommandKey => _commandKey.PublicKey;

    public string FullCode(string oneTime) => $"{oneTime}.{Digest.Of(Authority.RawData).ToString()[..32]}";

    public X509Certificate2 ServerCertificate(string host = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var bare = Issue(request, "1.3.6.1.5.5.7.3.1");
        using var withKey = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    public EnrolAnswer Enrol(EnrolRequest request, string sealNumber)
    {
        var csr = CertificateRequest.LoadSigningRequest(request.Csr.ToArray(), HashAlgorithmName.SHA256);
        var clean = new CertificateRequest(csr.SubjectName, csr.PublicKey, HashAlgorithmName.SHA256);
        using var certificate = Issue(clean, "1.3.6.1.5.5.7.3.2");
        var enrolled = Sign("device.enrolled", sealNumber, CborValue.Map(
            ("device", CborValue.Text(request.Device)), ("key", request.Key.ToCbor()), ("csr", CborValue.Bytes(Digest.Of(request.Csr.Span)))));
        return new EnrolAnswer(certificate.RawData, Authority.RawData, Genesis.Bytes, enrolled.Bytes);
    }

    /// <summary>A court's statement; by default as the genuine court signs it.</summary>
    public Statement Sign(string kind, string subject, CborValue body, SigningKey? key = null, string issuer = "court:" + Code) => new StatementDraft
    {
        Issuer = issuer, Subject = subject, Kind = kind, TimeMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Body = body,
    }.Sign(key ?? _commandKey);

    /// <summary>A command in a window of an hour around now.</summary>
    public Statement Command(string kind, string device, string sealNumber, params (string Key, CborValue? Value)[] more)
    {
        var now = DateTimeOffset.UtcNow;
        return Sign(kind, sealNumber, CborValue.Map(
        [
            ("device", CborValue.Text(device)),
            ("not_before", CborValue.Integer(now.AddMinutes(-30).ToUnixTimeMilliseconds())),
            ("not_after", CborValue.Integer(now.AddMinutes(30).ToUnixTimeMilliseconds())),
            .. more,
        ]));
    }

    public void Dispose()
    {
        _commandKey.Dispose();
        _authorityKey.Dispose();
        Authority.Dispose();
    }

    private X509Certificate2 Issue(CertificateRequest request, string usage)
    {
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        return request.Create(Authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(30), RandomNumberGenerator.GetBytes(8));
    }
}
