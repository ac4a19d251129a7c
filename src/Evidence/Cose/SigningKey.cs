namespace Cinnabar.Evidence.Cose;

/// <summary>A private P-256 key that signs with ES256. Keys are inputs: nothing in Evidence creates one.</summary>
/// <remarks>Implementations say whether they are safe for concurrent use; <see cref="EcdsaSigningKey"/> is.</remarks>
public abstract class SigningKey
{
    /// <summary>The public half.</summary>
    public abstract CoseKey PublicKey { get; }

    /// <summary>Signs with SHA-256 and ECDSA.</summary>
    /// <returns>r ‖ s, 64 bytes, s at most half the group order (<see cref="LowS"/>).</returns>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = SignAnyS(data);
        LowS.Normalize(signature);
        return signature;
    }

    /// <summary>Signs; either of the two values of s will do.</summary>
    protected abstract byte[] SignAnyS(ReadOnlySpan<byte> data);
}
