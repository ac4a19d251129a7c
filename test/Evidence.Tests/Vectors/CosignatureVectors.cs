using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Shared;
using static Cinnabar.Shared.SampleLeague;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Makes vectors/cosignatures: notes judged under an epoch of five courts, with the courts that are to be counted.</summary>
internal static class CosignatureVectors
{
    private static readonly Epoch s_epoch = Epoch(5);
    private static readonly Checkpoint s_checkpoint = new(OriginOf(0), 1234, TreeHash.OfLeaf("entry"u8));

    public static IEnumerable<Vector> All() =>
    [
        Of("final", CheckpointVerdict.Valid, "four of five courts, which is q", Note(s_checkpoint, 1, 0, 1, 3, 4), 0, 1, 3, 4),
        Of("not-final", CheckpointVerdict.Valid, "three of five courts", Note(s_checkpoint, 1, 0, 1, 2), 0, 1, 2),
        Of("nobody", CheckpointVerdict.Valid, "the owner's own signature only", Note(s_checkpoint, 1)),
        Of("one-voice", CheckpointVerdict.Valid, "a court that stands there three times", Note(s_checkpoint, 1, 2, 2, 2), 2),
        Of("other-epoch", CheckpointVerdict.Valid, "the same courts with their keys of epoch 2, who are not counted", Note(s_checkpoint, 2, 0, 1, 2, 3)),
        Of("strangers", CheckpointVerdict.Valid, "courts outside the epoch, who are not counted", Note(s_checkpoint, 1, 7, 8)),
        Of("receipt-line-alone", CheckpointVerdict.Valid, "a receipt line without its note line is no voice", With([Lines(s_checkpoint, 2, 1, 0)[1]])),
        Of("note-line-alone", CheckpointVerdict.Valid, "a note line without its receipt line is a voice", With([Lines(s_checkpoint, 2, 1, 0)[0]]), 2),
        Of("other-log", CheckpointVerdict.SignatureInvalid, "a cosignature of another log", With([Lines(s_checkpoint with { Origin = OriginOf(3) }, 2, 1, 0)[0]])),
        Of("other-size", CheckpointVerdict.SignatureInvalid, "a cosignature of another size", With([Lines(s_checkpoint with { Size = 1233 }, 2, 1, 0)[0]])),
        Of("other-root", CheckpointVerdict.SignatureInvalid, "a receipt line over another root", With([Lines(s_checkpoint with { Root = Digest.Of("other"u8) }, 2, 1, 0)[1]])),
        Of("time-altered", CheckpointVerdict.SignatureInvalid, "a second later than was signed", With([Later(Lines(s_checkpoint, 2, 1, 1_000)[0])])),
        Of("time-no-date", CheckpointVerdict.SignatureInvalid, "rightly signed at the first second of the year 10000", With([FarLine()])),
        Of("owner-missing", CheckpointVerdict.SignatureMissing, "five cosignatures, and not the log's own signature",
            SignedNote.Encode(s_checkpoint.ToText(), Enumerable.Range(0, 5).SelectMany(c => Lines(s_checkpoint, c, 1, 0)))),
        Of("log-outside", CheckpointVerdict.WrongOrigin, "asked about a log that the epoch does not know", Note(s_checkpoint, 1, 0, 1, 2, 3)) with { Origin = "log.elsewhere.example/1" },
    ];

    private static byte[] With(IEnumerable<NoteSignature> lines)
    {
        _ = SignedNote.TryParse(Note(s_checkpoint, 1), out var signed);
        return SignedNote.Encode(signed!.Text, [.. signed.Signatures, .. lines]);
    }

    private static NoteSignature FarLine()
    {
        const long Year10000 = Cosigner.TimeSecondsMax + 1;
        using var key = NoteKey(2, 1);
        var blob = new byte[8 + Ed25519VerificationKey.SignatureLength];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(blob, Year10000);
        key.Sign(System.Text.Encoding.UTF8.GetBytes($"cosignature/v1\ntime {Year10000}\n{s_checkpoint.ToText()}")).CopyTo(blob, 8);
        return Lines(s_checkpoint, 2, 1, 0)[0] with { Signature = blob };
    }

    private static NoteSignature Later(NoteSignature line)
    {
        var blob = line.Signature.ToArray();
        blob[7]++;
        return line with { Signature = blob };
    }

    private static Vector Of(string name, CheckpointVerdict verdict, string description, byte[] note, params int[] vouchers) =>
        Golden.Of(name, verdict, description, note, null) with
        {
            File = name + ".txt", Origin = OriginOf(0), Epoch = Convert.ToHexStringLower(s_epoch.Bytes.Span),
            Vouchers = verdict == CheckpointVerdict.Valid ? [.. vouchers.Select(CodeOf)] : null,
        };
}
