using System.Security.Cryptography;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>A public Ed25519 key held ready to verify.</summary>
/// <remarks>Safe for concurrent use; owns the platform's key. Source: RFC 8032, section 5.1.7.</remarks>
public sealed class Ed25519VerificationKey : IDisposable
{
    /// <summary>Length of a public key in bytes.</summary>
    public const int LengthBytes = 32;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureLength = 64;

    private readonly LibCrypto.PKey _key;

    /// <summary>Imports the key.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    /// <exception cref="CryptographicException">The platform refused the key.</exception>
    public Ed25519VerificationKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != LengthBytes)
        {
            throw new ArgumentException($"An Ed25519 key has {LengthBytes} bytes, not {publicKey.Length}.", nameof(publicKey));
        }

        PublicKey = publicKey.ToArray();
        _key = LibCrypto.EVP_PKEY_new_raw_public_key(LibCrypto.Ed25519, 0, publicKey, LengthBytes);
        if (_key.IsInvalid)
        {
            throw new CryptographicException("The platform refused an Ed25519 key.");
        }
    }

    /// <summary>The key itself.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>True when the signature is this key's over the data. False for another length, too.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var context = LibCrypto.EVP_MD_CTX_new();
        return signature.Length == SignatureLength
            && LibCrypto.EVP_DigestVerifyInit(context, 0, 0, 0, _key) == 1
            && LibCrypto.EVP_DigestVerify(context, signature, SignatureLength, data, (nuint)data.Length) == 1;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
