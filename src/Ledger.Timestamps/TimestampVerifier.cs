using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Cinnabar.Ledger.Timestamps;

/// <summary>Checks a time-stamp token with no network and no clock: bytes, what they must say, and whom we trust.</summary>
/// <remarks>
/// Thread-safe. Revocation is not asked for, since nothing here asks anybody; docs/formats/timestamp.md says what follows from that.
/// Source: RFC 3161, RFC 5816; docs/formats/timestamp.md, section 3.
/// </remarks>
public static class TimestampVerifier
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string TokenContent = "1.2.840.113549.1.9.16.1.4";
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    private static readonly string[] s_digests = [Sha256, "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

    /// <summary>Checks steps 6 to 16 in their order.</summary>
    /// <param name="token">DER of a TimeStampToken, without the response around it.</param>
    /// <param name="roots">Certificates of the authorities' roots, pinned by the courts. The system's own roots are not used.</param>
    /// <param name="facts">What the token says; null unless the verdict is <see cref="TimestampVerdict.Valid"/>.</param>
    public static TimestampVerdict Verify(ReadOnlyMemory<byte> token, TimestampExpectation expected, X509Certificate2Collection roots, out TimestampFacts? facts)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(roots);
        facts = null;

        // 6. Not longer than any token is.
        if (token.Length > TimestampLimits.AnswerMaxBytes)
        {
            return TimestampVerdict.TokenTooLong;
        }

        // 7. One token and nothing behind it.
        if (!TryDecode(token, out var cms, out var info))
        {
            return TimestampVerdict.NotAToken;
        }

        try
        {
            var verdict = VerifyContent(cms.SignerInfos[0], info, expected);
            return verdict == TimestampVerdict.Valid ? VerifySigner(token, cms, info, expected, roots, out facts) : verdict;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            // Certificates and attributes are read when they are asked for: one that cannot be read is no part of a token.
            return TimestampVerdict.NotAToken;
        }
    }

    private static TimestampVerdict VerifyContent(SignerInfo signer, Rfc3161TimestampTokenInfo info, TimestampExpectation expected)
    {
        // 8. Digests that nobody can collide.
        if (info.HashAlgorithmId.Value != Sha256 || !s_digests.Contains(signer.DigestAlgorithm.Value))
        {
            return TimestampVerdict.WeakAlgorithm;
        }

        // 9. Our digest.
        if (!info.GetMessageHash().Span.SequenceEqual(expected.Imprint.ToArray()))
        {
            return TimestampVerdict.WrongImprint;
        }

        // 10. Our request.
        return expected.Nonce.IsEmpty || (info.GetNonce() is { } nonce && TimestampNonce.AreEqual(nonce.Span, expected.Nonce.Span))
            ? TimestampVerdict.Valid
            : TimestampVerdict.WrongNonce;
    }

    private static TimestampVerdict VerifySigner(
        ReadOnlyMemory<byte> token, SignedCms cms, Rfc3161TimestampTokenInfo info, TimestampExpectation expected, X509Certificate2Collection roots,
        out TimestampFacts? facts)
    {
        facts = null;
        var time = info.Timestamp;

        // 11. The certificate came along.
        if (cms.SignerInfos[0].Certificate is not { } certificate)
        {
            return TimestampVerdict.CertificateMissing;
        }

        // 12. For time stamping, for nothing else, and said so that nobody may overlook it: RFC 3161, 2.3.
        if (!IsForTimeStampingAlone(certificate))
        {
            return TimestampVerdict.WrongPurpose;
        }

        // 13. Valid when it signed. That it has ended since takes nothing away.
        if (time < certificate.NotBefore.ToUniversalTime() || time > certificate.NotAfter.ToUniversalTime())
        {
            return TimestampVerdict.CertificateNotValidThen;
        }

        // 14. It signed this, and the signature names it (ESSCertID): RFC 5816.
        if (!IsSigned(token, expected, certificate))
        {
            return TimestampVerdict.SignatureInvalid;
        }

        // 15. Somebody we pinned stands behind it.
        if (!IsTrusted(certificate, cms.Certificates, roots, time))
        {
            return TimestampVerdict.NotTrusted;
        }

        // 16. In the window.
        if (time < expected.Earliest || time > expected.Latest)
        {
            return TimestampVerdict.TimeOutOfWindow;
        }

        facts = new TimestampFacts(
            time, certificate.Subject, Convert.ToHexStringLower(info.GetSerialNumber().Span), certificate.NotAfter.ToUniversalTime());
        return TimestampVerdict.Valid;
    }

    // The platform's own token reader says only yes or no to all of this at once: it is asked in step 14.
    private static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SignedCms? cms, [NotNullWhen(true)] out Rfc3161TimestampTokenInfo? info)
    {
        cms = new SignedCms();
        info = null;
        try
        {
            AsnDecoder.ReadEncodedValue(bytes.Span, AsnEncodingRules.DER, out _, out _, out var length);
            if (length != bytes.Length)
            {
                return false;
            }

            cms.Decode(bytes.Span);
            return cms.ContentInfo.ContentType.Value == TokenContent && cms.SignerInfos.Count == 1
                && Rfc3161TimestampTokenInfo.TryDecode(cms.ContentInfo.Content, out info, out var consumed) && consumed == cms.ContentInfo.Content.Length;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            return false;
        }
    }

    private static bool IsForTimeStampingAlone(X509Certificate2 certificate)
    {
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList();
        return usages is [{ Critical: true, EnhancedKeyUsages: [{ Value: TimeStamping }] }];
    }

    private static bool IsSigned(ReadOnlyMemory<byte> bytes, TimestampExpectation expected, X509Certificate2 certificate) =>
        Rfc3161TimestampToken.TryDecode(bytes, out var token, out _)
        && token.VerifySignatureForHash(expected.Imprint.ToArray(), HashAlgorithmName.SHA256, out var signer)
        && signer.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span);

    private static bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection others, X509Certificate2Collection roots, DateTimeOffset time)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(others);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStamping));
        chain.ChainPolicy.VerificationTime = time.UtcDateTime;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }
}
