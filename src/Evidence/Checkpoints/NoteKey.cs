using System.Buffers.Binary;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Checkpoints;

/// <summary>A public key that signs notes, under its name: signature type 0x02, ECDSA on P-256 with SHA-256.</summary>
/// <remarks>
/// Immutable and safe for concurrent use. Does not own the <see cref="VerificationKey"/>: whoever made that disposes it.
/// Source: C2SP signed-note, section "Signature types".
/// </remarks>
public sealed class NoteKey
{
    private const byte EcdsaType = 0x02;

    /// <summary>Binds a key to the name it signs under.</summary>
    /// <exception cref="ArgumentException">The name is not one that <see cref="IsName"/> accepts.</exception>
    public NoteKey(string name, VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsName(name))
        {
            throw new ArgumentException("A key name is not empty and has no spaces, control characters or '+'.", nameof(name));
        }
        Name = name;
        Key = key;
        KeyId = ComputeKeyId(key.PublicKey);
    }

    /// <summary>The name on the signature line; for a log, its origin.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of SHA-256 over the DER SubjectPublicKeyInfo, big-endian.</summary>
    public uint KeyId { get; }

    /// <summary>The key, ready to verify.</summary>
    public VerificationKey Key { get; }

    /// <summary>True for a name without white space, control characters, '+' or broken surrogates, and not empty.</summary>
    public static bool IsName(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return false;
        }
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var brokenPair = char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]));
            if (brokenPair || c == '+' || char.IsWhiteSpace(c) || char.IsControl(c))
            {
                return false;
            }
            i += char.IsHighSurrogate(c) ? 1 : 0;
        }
        return true;
    }

    /// <summary>The key id of a public key.</summary>
    public static uint ComputeKeyId(CoseKey publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        return BinaryPrimitives.ReadUInt32BigEndian(Digest.Of(publicKey.ToSubjectPublicKeyInfo()).ToArray());
    }

    /// <summary>The text form that is handed to those who shall trust this key: name+hex(key id)+base64(type ‖ SubjectPublicKeyInfo).</summary>
    public string ToVerifierKey() =>
        $"{Name}+{KeyId:x8}+{Convert.ToBase64String([EcdsaType, .. Key.PublicKey.ToSubjectPublicKeyInfo()])}";
}
