using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Shared;

/// <summary>Courts that do not exist and watch each other, with keys that everybody knows.</summary>
public static class SampleLeague
{
    public const long TimeMs = 1_767_225_600_000;

    public static string OriginOf(int court) => $"log.c{court}.example/1";

    public static string CodeOf(int court) => $"示010{court}";

    public static Rfc6979SigningKey ApprovalKey(int court) => Rfc6979SigningKey.Named($"approval {court}");

    public static Rfc6979SigningKey LogKey(int court) => Rfc6979SigningKey.Named($"log {court}");

    public static Rfc6979SigningKey CosignerKey(int court, long epoch) => Rfc6979SigningKey.Named($"cosigner {court} {epoch}");

    public static Ed25519SigningKey NoteKey(int court, long epoch) =>
        new(Digest.Of(System.Text.Encoding.UTF8.GetBytes($"note {court} {epoch}")).ToArray());

    public static CourtMember Court(int court, long epoch)
    {
        using var note = NoteKey(court, epoch);
        return new CourtMember
        {
            Code = CodeOf(court), Name = new BilingualText($"示例{court}法院", $"Sample court {court}"), Origin = OriginOf(court),
            Genesis = Digest.Of([(byte)court]), Endpoint = $"https://c{court}.example:9443", LinkKey = Digest.Of([1, (byte)court]),
            LogKey = LogKey(court).PublicKey, ApprovalKey = ApprovalKey(court).PublicKey,
            CosignerKey = CosignerKey(court, epoch).PublicKey, CosignerNoteKey = note.PublicKey,
        };
    }

    public static EpochDraft Draft(int courts) => new()
    {
        Number = 1, Courts = [.. Enumerable.Range(0, courts).Select(c => Court(c, 1))], Liars = Quorum.LiarsOf(courts),
    };

    public static Epoch Epoch(int courts) => Evidence.Governance.Epoch.Of(Draft(courts));

    public static Statement Approve(Epoch epoch, int court) => EpochApproval.Sign(epoch, CodeOf(court), ApprovalKey(court), TimeMs);

    public static IEnumerable<Statement> ApprovedBy(Epoch epoch, int courts) => Enumerable.Range(0, courts).Select(c => Approve(epoch, c));

    /// <summary>The checkpoint of court 0's log, signed by it and cosigned by these courts.</summary>
    public static byte[] Note(Checkpoint checkpoint, long epoch, params IEnumerable<int> cosigners)
    {
        _ = SignedNote.TryParse(new CheckpointSigner(checkpoint.Origin, LogKey(0)).Sign(checkpoint.Size, checkpoint.Root), out var signed);
        return SignedNote.Encode(signed!.Text, [.. signed.Signatures, .. cosigners.SelectMany(c => Lines(checkpoint, c, epoch, 1_767_225_600 + c))]);
    }

    public static IReadOnlyList<NoteSignature> Lines(Checkpoint checkpoint, int court, long epoch, long timeSeconds)
    {
        using var note = NoteKey(court, epoch);
        return new Cosigner(OriginOf(court), epoch, CosignerKey(court, epoch), note).Sign(checkpoint, timeSeconds);
    }
}
