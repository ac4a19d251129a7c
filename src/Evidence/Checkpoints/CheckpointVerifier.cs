using System.Diagnostics.CodeAnalysis;

namespace Cinnabar.Evidence.Checkpoints;

/// <summary>Checks a signed checkpoint against the keys that are trusted to sign it. Stateless, safe for concurrent callers.</summary>
public static class CheckpointVerifier
{
    /// <summary>Runs the steps of docs/formats/checkpoint.md, section 4.</summary>
    /// <param name="bytes">The note as it came, untrusted.</param>
    /// <param name="origin">The log it must speak of.</param>
    /// <param name="keys">The trusted keys; one valid signature by any of them is enough. Lines of other keys are ignored.</param>
    /// <param name="checkpoint">What was signed; only when the verdict is <see cref="CheckpointVerdict.Valid"/>.</param>
    public static CheckpointVerdict Verify(
        ReadOnlySpan<byte> bytes, string origin, IReadOnlyList<NoteKey> keys, out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(keys);
        checkpoint = null;

        // 1. Length.
        if (bytes.Length > SignedNote.LengthMax)
        {
            return CheckpointVerdict.TooLong;
        }

        // 2. A signed note in its one encoding.
        if (!SignedNote.TryParse(bytes, out var note))
        {
            return CheckpointVerdict.NotANote;
        }

        // 3. Its text is a checkpoint.
        if (!Checkpoint.TryParse(note.Text, out var parsed))
        {
            return CheckpointVerdict.NotACheckpoint;
        }

        // 4. Of the log that was asked for.
        if (parsed.Origin != origin)
        {
            return CheckpointVerdict.WrongOrigin;
        }

        var signed = note.ToBeSigned();
        var found = false;
        foreach (var line in note.Signatures)
        {
            if (!TryFindKey(keys, line, out var key))
            {
                continue;
            }

            // 5. Every line of a known key verifies; one that does not makes the whole note suspect.
            if (!EcdsaDer.TryDecode(line.Signature.Span, out var signature) || !key.Key.Verify(signed, signature))
            {
                return CheckpointVerdict.SignatureInvalid;
            }
            found = true;
        }

        // 6. At least one known key signed.
        if (!found)
        {
            return CheckpointVerdict.SignatureMissing;
        }
        checkpoint = parsed;
        return CheckpointVerdict.Valid;
    }

    private static bool TryFindKey(IReadOnlyList<NoteKey> keys, NoteSignature line, [NotNullWhen(true)] out NoteKey? found)
    {
        foreach (var key in keys)
        {
            if (key.KeyId == line.KeyId && key.Name == line.Name)
            {
                found = key;
                return true;
            }
        }
        found = null;
        return false;
    }
}
