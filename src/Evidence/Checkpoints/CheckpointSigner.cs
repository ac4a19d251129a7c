using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Checkpoints;

/// <summary>Signs the checkpoints of one log under its origin.</summary>
/// <remarks>
/// Signs whatever size and root it is given: that no smaller or different head is ever signed is the duty of the caller,
/// which must have made the head durable before. As safe for concurrent use as the key it was given.
/// </remarks>
public sealed class CheckpointSigner
{
    private readonly SigningKey _key;
    private readonly uint _keyId;

    /// <summary>Takes the log's name and key; the key stays the caller's to dispose.</summary>
    /// <exception cref="ArgumentException">The origin is not one that <see cref="NoteKey.IsName"/> accepts.</exception>
    public CheckpointSigner(string origin, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!NoteKey.IsName(origin))
        {
            throw new ArgumentException("An origin is not empty and has no spaces, control characters or '+'.", nameof(origin));
        }
        Origin = origin;
        _key = key;
        _keyId = NoteKey.ComputeKeyId(key.PublicKey);
    }

    /// <summary>The log's name.</summary>
    public string Origin { get; }

    /// <summary>The public half of the log's key.</summary>
    public CoseKey PublicKey => _key.PublicKey;

    /// <summary>The signed note for this head.</summary>
    public byte[] Sign(long size, Digest root)
    {
        var text = new Checkpoint(Origin, size, root).ToText();
        var signature = EcdsaDer.Encode(_key.Sign(System.Text.Encoding.UTF8.GetBytes(text)));
        return SignedNote.Encode(text, [new NoteSignature(Origin, _keyId, signature)]);
    }
}
