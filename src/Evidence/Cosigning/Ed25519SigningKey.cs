using System.Security.Cryptography;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>A private Ed25519 key: what C2SP cosignatures are signed with.</summary>
/// <remarks>Safe for concurrent use; owns the platform's key. Signing is deterministic. Source: RFC 8032.</remarks>
public sealed class Ed25519SigningKey : IDisposable
{
    /// <summary>Length of the secret seed in bytes.</summary>
    public const int SeedLength = 32;

    private readonly LibCrypto.PKey _key;

    /// <summary>Takes the secret seed; randomness is the caller's.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    /// <exception cref="CryptographicException">The platform refused the key.</exception>
    public Ed25519SigningKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedLength)
        {
            throw new ArgumentException($"An Ed25519 seed has {SeedLength} bytes, not {seed.Length}.", nameof(seed));
        }

        _key = LibCrypto.EVP_PKEY_new_raw_private_key(LibCrypto.Ed25519, 0, seed, SeedLength);
        var publicKey = new byte[Ed25519VerificationKey.LengthBytes];
        var length = (nuint)publicKey.Length;
        if (_key.IsInvalid || LibCrypto.EVP_PKEY_get_raw_public_key(_key, publicKey, ref length) != 1)
        {
            throw new CryptographicException("The platform refused an Ed25519 key.");
        }

        PublicKey = publicKey;
    }

    /// <summary>The public half, 32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Signs; 64 bytes.</summary>
    /// <exception cref="CryptographicException">The platform could not sign.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = new byte[Ed25519VerificationKey.SignatureLength];
        var length = (nuint)signature.Length;
        using var context = LibCrypto.EVP_MD_CTX_new();
        return LibCrypto.EVP_DigestSignInit(context, 0, 0, 0, _key) == 1
            && LibCrypto.EVP_DigestSign(context, signature, ref length, data, (nuint)data.Length) == 1
                ? signature
                : throw new CryptographicException("Ed25519 signing failed.");
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
