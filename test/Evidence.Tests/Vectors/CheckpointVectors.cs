using System.Text;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Makes vectors/checkpoints.</summary>
internal static class CheckpointVectors
{
    private static readonly Rfc6979SigningKey s_key = SampleCourt.LogKey;
    private static readonly Digest s_root = TreeHash.OfLeaf("entry"u8);

    private static string Text { get; } = new Checkpoint(SampleCourt.Origin, 1234, s_root).ToText();

    public static IEnumerable<Vector> All() =>
    [
        Of("valid", CheckpointVerdict.Valid, "size 1234, signed by the log", Sign(Text)),
        Of("valid-cosigned", CheckpointVerdict.Valid, "a line of a key that nobody knows beside the log's", SignedNote.Encode(
            Text, [Line(Text, SampleCourt.Origin, s_key), Line(Text, "witness.example", SampleCourt.StationKey)])),
        Of("too-long", CheckpointVerdict.TooLong, "65,537 bytes", [.. Enumerable.Repeat((byte)'a', SignedNote.LengthMax + 1)]) with { File = "too-long.txt" },
        Of("not-a-note", CheckpointVerdict.NotANote, "no empty line between text and signatures",
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Sign(Text)).Replace("\n\n", "\n", StringComparison.Ordinal))),
        Of("not-a-checkpoint", CheckpointVerdict.NotACheckpoint, "a size with a leading zero", Sign(Text.Replace("\n1234\n", "\n01234\n", StringComparison.Ordinal))),
        Of("extension-line", CheckpointVerdict.NotACheckpoint, "a fourth line, which no proof covers", Sign(Text + "time 1\n")),
        Of("wrong-origin", CheckpointVerdict.WrongOrigin, "asked about another log", Sign(Text)) with { Origin = "log.court.example/2027" },
        Of("signature-invalid", CheckpointVerdict.SignatureInvalid, "the log's line, over another size",
            SignedNote.Encode(Text, [Line(Text.Replace("1234", "1235", StringComparison.Ordinal), SampleCourt.Origin, s_key)])),
        Of("signature-missing", CheckpointVerdict.SignatureMissing, "signed by another key only",
            SignedNote.Encode(Text, [Line(Text, SampleCourt.Origin, SampleCourt.StationKey)])),
    ];

    private static byte[] Sign(string text) => SignedNote.Encode(text, [Line(text, SampleCourt.Origin, s_key)]);

    private static NoteSignature Line(string text, string name, Rfc6979SigningKey key) =>
        new(name, NoteKey.ComputeKeyId(key.PublicKey), EcdsaDer.Encode(key.Sign(Encoding.UTF8.GetBytes(text))));

    private static Vector Of(string name, CheckpointVerdict verdict, string description, byte[] bytes) =>
        Golden.Of(name, verdict, description, bytes, s_key.PublicKey) with { Origin = SampleCourt.Origin };
}
