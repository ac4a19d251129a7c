namespace Cinnabar.Evidence.Checkpoints;

/// <summary>One signature line of a note, as it stands there: nothing says yet that it is right.</summary>
/// <param name="Name">The key's name, see <see cref="NoteKey.IsName"/>.</param>
/// <param name="KeyId">The key's id, big-endian.</param>
/// <param name="Signature">The signature in the encoding of its type; for ECDSA, DER.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature);
