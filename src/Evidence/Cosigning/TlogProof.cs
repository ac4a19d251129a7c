using System.Globalization;
using System.Text;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>The compact proof that an entry is in a log for which courts vouch: one path, one checkpoint, a line for each court.</summary>
/// <remarks>
/// About 2 KB for five courts, where five COSE receipts repeat the path five times. Immutable. Source: C2SP tlog-proof;
/// docs/formats/cosignature.md, section 5.
/// </remarks>
/// <param name="Index">Index of the entry, from 0.</param>
/// <param name="Path">The inclusion path, RFC 9162 section 2.1.3.</param>
/// <param name="Note">The checkpoint with its signature lines.</param>
public sealed record TlogProof(long Index, IReadOnlyList<Digest> Path, ReadOnlyMemory<byte> Note)
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1";

    /// <summary>The proof for an entry under a vouched checkpoint. Lines that only COSE readers need are left out.</summary>
    public static TlogProof Of(VouchedCheckpoint vouched, InclusionProof proof)
    {
        ArgumentNullException.ThrowIfNull(vouched);
        ArgumentNullException.ThrowIfNull(proof);
        _ = SignedNote.TryParse(vouched.Note.Span, out var note);
        var receiptLines = vouched.Vouchers.Select(v => (v.Name, CosignerName.ReceiptKeyId(v.Name, v.Court.CosignerKey))).ToHashSet();
        return new TlogProof(
            proof.LeafIndex, proof.Path, SignedNote.Encode(note!.Text, note.Signatures.Where(s => !receiptLines.Contains((s.Name, s.KeyId)))));
    }

    /// <summary>The text: a first line, the index, the path, a blank line, the note.</summary>
    public byte[] Encode()
    {
        var text = new StringBuilder(FirstLine).Append('\n').Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Path)
        {
            text.Append(Convert.ToBase64String(hash.ToArray())).Append('\n');
        }

        return [.. Encoding.UTF8.GetBytes(text.Append('\n').ToString()), .. Note.Span];
    }

    /// <summary>Reads the text strictly. False on anything that <see cref="Encode"/> does not write.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TlogProof? proof)
    {
        proof = null;
        var blank = bytes.IndexOf("\n\n"u8);
        if (blank < 0 || bytes.Length > SignedNote.LengthMax)
        {
            return false;
        }

        var lines = Encoding.UTF8.GetString(bytes[..blank]).Split('\n');
        if (lines.Length is < 2 or > 65 || lines[0] != FirstLine || !lines[1].StartsWith("index ", StringComparison.Ordinal)
            || !long.TryParse(lines[1].AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        var path = new List<Digest>();
        var hash = new byte[Digest.LengthBytes];
        foreach (var line in lines.AsSpan(2..))
        {
            if (!Convert.TryFromBase64String(line, hash, out var length) || length != hash.Length)
            {
                return false;
            }

            path.Add(new Digest(hash));
        }

        var read = new TlogProof(index, path, bytes[(blank + 2)..].ToArray());
        proof = read.Encode().AsSpan().SequenceEqual(bytes) ? read : null;
        return proof is not null;
    }

    /// <summary>Checks the proof for one entry.</summary>
    /// <param name="entry">All bytes of the statement.</param>
    /// <param name="origin">The log that is asked about.</param>
    /// <param name="courts">The epoch whose courts are counted.</param>
    /// <param name="vouched">Who vouches; only when the answer is <see cref="CheckpointVerdict.Valid"/>.</param>
    /// <param name="included">True when the entry is under the checkpoint.</param>
    public CheckpointVerdict Verify(ReadOnlySpan<byte> entry, string origin, EpochVerifier courts, out VouchedCheckpoint? vouched, out bool included)
    {
        ArgumentNullException.ThrowIfNull(courts);
        var verdict = courts.Verify(Note.Span, origin, out vouched);
        included = vouched is not null
            && new InclusionProof(Index, vouched.Checkpoint.Size, Path).Verify(TreeHash.OfLeaf(entry), vouched.Checkpoint.Root);
        return verdict;
    }
}
