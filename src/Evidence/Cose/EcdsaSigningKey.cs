using System.Security.Cryptography;

namespace Cinnabar.Evidence.Cose;

/// <summary>A signing key in the platform's own key object, such as one read from a file.</summary>
/// <remarks>Owns the key object. Safe for concurrent use: OpenSSL only reads the key.</remarks>
public sealed class EcdsaSigningKey : SigningKey, IDisposable
{
    private readonly ECDsa _key;

    /// <summary>Takes ownership of a P-256 private key.</summary>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public EcdsaSigningKey(ECDsa key)
    {
        _key = key;
        PublicKey = CoseKey.From(key);
    }

    /// <inheritdoc/>
    public override CoseKey PublicKey { get; }

    /// <inheritdoc/>
    protected override byte[] SignAnyS(ReadOnlySpan<byte> data) =>
        _key.SignData(data.ToArray(), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
