using Cinnabar.Evidence.Anchoring;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>The part of vectors/packs in which five courts watch each other: steps 20 to 23.</summary>
internal static class WatchedPackVectors
{
    private const string Engine = "engine one";
    private static readonly SampleCourt s_court = Cut();
    private static readonly GovernanceLog s_log = WatchedCourt.Governance();
    private static readonly byte[] s_note = s_court.Log.Checkpoint();
    private static readonly Checkpoint s_head = new(SampleCourt.Origin, s_court.Log.Entries.Count, s_court.Log.Root);
    private static readonly byte[] s_record = AnchorExcerpt.RecordOf(s_head);
    private static readonly byte[] s_pack = Written(s_log, 1, [0, 1, 2, 4]);
    private static readonly byte[] s_allCourts = CourtRoster.Of(WatchedCourt.Geneses).Encode();
    private static readonly byte[] s_oneCourt = CourtRoster.Of(s_court.Genesis).Encode();

    public static IEnumerable<Vector> All() => [.. Good(), .. Epochs(), .. Voices(), .. Anchors()];

    private static IEnumerable<Vector> Good() =>
    [
        Valid("valid-final", "four of five courts vouch, and the roster has all five", s_pack, [1, 2, 4, 0], [1, 2, 4, 0]),
        Valid("valid-final-one-pinned", "the roster has this court only, so for the others there is only the pack's word", s_pack, [1, 2, 4, 0], [0], s_oneCourt),
        Valid("valid-final-self-declared", "judged without a roster", s_pack, [1, 2, 4, 0], []) with { Roster = null },
        Valid("valid-final-silent-approval", "a court that vouches did not agree to the epoch itself, so its keys there are not shown to be its own",
            Written(WatchedCourt.Governance(0, 1, 2, 3), 1, [0, 1, 2, 4]), [1, 2, 4, 0], [1, 2, 0]),
        Valid("valid-final-second-epoch", "final in the second epoch, in which a court has another approval key, to which it agreed with the old one",
            Written(Second(2, Rekeyed), 2, [1, 2, 3, 4]), [1, 2, 3, 4], [1, 2, 3, 4]),
        Valid("valid-final-first-epoch", "final in the first epoch, at the very head that the second took over", Written(Second(s_head.Size), 1, [1, 2, 3, 4]), [1, 2, 3, 4], [1, 2, 3, 4]),
        Valid("valid-final-alone", "an epoch of one court, which has only its own voice", Written(Alone(), 1, [0]), [0], [0]),
        Valid("valid-anchored", "final, and block 7 of an anchor chain, with two blocks after it", Anchored(7, Digest.Of("block 6"u8), s_record, Later(1), Later(2)), [1, 2, 4, 0], [1, 2, 4, 0]),
        Valid("valid-anchored-earlier", "the checkpoint before the last entry is anchored, and a proof leads from it to the pack's", AnchoredEarlier(Consistency), [1, 2, 4, 0], [1, 2, 4, 0]),
        Valid("valid-anchored-first", "block 1 of an anchor chain", Anchored(1, Start, s_record), [1, 2, 4, 0], [1, 2, 4, 0]),
    ];

    private static IEnumerable<Vector> Epochs() =>
    [
        Of("governance-garbage", PackVerdict.GovernanceInvalid, "the governance log is a picture", Forge.Set(PackPath.Governance, SampleCase.Picture).Relist().Zip()),
        Of("governance-too-few", PackVerdict.GovernanceInvalid, "three of five courts agreed to the epoch", Forge.Set(PackPath.Governance, Vector.Read("governance", "too-few").Bytes("governance")).Relist().Zip()),
        Of("epoch-of-others", PackVerdict.EpochContradicts, "the epoch is of five other courts", Forge.Set(PackPath.Governance, Vector.Read("governance", "valid").Bytes("governance")).Relist().Zip()) with { Roster = null },
        Of("epoch-other-genesis", PackVerdict.EpochContradicts, "the epoch gives this court another genesis", Own(c => c with { Genesis = Digest.Of("other"u8) })) with { Roster = null },
        Of("epoch-other-code", PackVerdict.EpochContradicts, "the epoch gives this court another code", Recoded()),
        Of("epoch-other-log-key", PackVerdict.EpochContradicts, "the epoch gives this court's log another key", Own(c => c with { LogKey = SampleCourt.OfficerKey.PublicKey })),
        Of("epoch-against-roster", PackVerdict.EpochContradicts, "the epoch gives another court a genesis that is not the roster's",
            Written(Begun(2, c => c with { Genesis = Digest.Of("other"u8) }), 1, [0, 1, 2, 4])),
    ];

    private static IEnumerable<Vector> Voices() =>
    [
        Of("cosignature-other-checkpoint", PackVerdict.CosignatureInvalid, "a court's line is over another size", WithLines(WatchedCourt.Lines(s_head with { Size = 2 }, 3, 1))),
        Of("not-final", PackVerdict.NotFinal, "three of five courts vouch, where four are needed", Written(s_log, 1, [0, 1, 2])),
        Of("not-final-one-voice", PackVerdict.NotFinal, "four courts' worth of lines, two of them one court's", Written(s_log, 1, [0, 1, 2, 2])),
        Of("not-final-nobody", PackVerdict.NotFinal, "a governance log beside a checkpoint that nobody cosigned", Written(s_log, 1, [])),
        Of("not-final-unknown-epoch", PackVerdict.NotFinal, "the courts vouch with keys of an epoch that the log does not have", Written(s_log, 2, [0, 1, 2, 3])),
        Of("not-final-two-epochs", PackVerdict.NotFinal, "two courts vouch in the first epoch and two in the second", TwoAndTwo()),
        Of("not-final-beyond-epoch", PackVerdict.NotFinal, "all courts vouch in the first epoch, beyond the head that the second took over", Written(Second(s_head.Size - 1), 1, [0, 1, 2, 3, 4])),
        Of("not-final-before-epoch", PackVerdict.NotFinal, "all courts vouch in the second epoch, below the head that it took over", Written(Second(s_head.Size + 1), 2, [0, 1, 2, 3, 4])),
        Of("not-final-other-takeover", PackVerdict.NotFinal, "all courts vouch in the second epoch, which took over another root at this size",
            Written(Second(s_head.Size, root: Digest.Of("other"u8)), 2, [0, 1, 2, 3, 4])),
        Of("not-final-not-taken-over", PackVerdict.NotFinal, "all courts vouch in the first epoch, and the second does not take the log over", Written(Second(null), 1, [0, 1, 2, 3, 4])),
    ];

    private static IEnumerable<Vector> Anchors() =>
    [
        Of("anchor-garbage", PackVerdict.AnchorInvalid, "the anchor is a picture", Forge.Set(PackPath.Anchor, SampleCase.Picture).Relist().Zip()),
        Of("anchor-other-checkpoint", PackVerdict.AnchorInvalid, "the block holds a later checkpoint", Anchored(7, Digest.Of("block 6"u8), Later(1))),
        Of("anchor-second-record", PackVerdict.AnchorInvalid, "the checkpoint's record is the second", Anchored(7, Digest.Of("block 6"u8), Later(1), s_record)),
        Of("anchor-first-after-something", PackVerdict.AnchorInvalid, "block 1 comes after something else than the name of the chain", WithAnchor(CborValue.Integer(1), s_record)),
        Of("anchor-earlier-wrong-proof", PackVerdict.AnchorInvalid, "the proof leads from the earlier checkpoint to another one", AnchoredEarlier([.. Consistency.SkipLast(1), Digest.Of("other"u8)])),
        Of("anchor-earlier-no-proof", PackVerdict.AnchorInvalid, "an earlier checkpoint of the log without a proof", Anchored(1, Start, AnchorExcerpt.RecordOf(Before))),
        Of("anchor-earlier-is-later", PackVerdict.AnchorInvalid, "the same checkpoint, called an earlier one",
            Anchored(new EarlierHead(s_head.Size, s_head.Root, []), 1, Start, s_record)),
        Of("anchor-control-character", PackVerdict.AnchorInvalid, "the reference would move the reader's cursor", WithAnchor(CborValue.Integer(7), "\u001b[2A", s_record)),
        Of("anchor-block-zero", PackVerdict.AnchorInvalid, "block 0", WithAnchor(CborValue.Integer(0), s_record)),
        Of("anchor-size-zero", PackVerdict.AnchorInvalid, "a later record has size 0", WithAnchor(CborValue.Integer(7), s_record, new byte[AnchorExcerpt.RecordLength])),
        Of("anchor-short-record", PackVerdict.AnchorInvalid, "a later record has 71 bytes", WithAnchor(CborValue.Integer(7), s_record, Later(1).AsSpan(1..).ToArray())),
    ];

    private static PackForge Forge => PackForge.Of(s_pack);

    private static Digest Start => Digest.Of("cinnabar anchor segment\nengine one"u8);

    private static Checkpoint Before => new(SampleCourt.Origin, s_head.Size - 1, MerkleTree.Root(Leaves.AsSpan(..^1)));

    private static Digest[] Leaves => [.. s_court.Log.Entries.Select(e => TreeHash.OfLeaf(e))];

    private static IReadOnlyList<Digest> Consistency => MerkleTree.ProveConsistency(
        Before.Size, s_head.Size, (level, index) => MerkleTree.Root(Leaves.AsSpan((int)index << level, 1 << level))).Path;

    private static SampleCourt Cut()
    {
        var court = new SampleCourt();
        court.EnrolDevice();
        court.FromDevice("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));
        return court;
    }

    private static byte[] Written(GovernanceLog log, long epoch, IEnumerable<int> cosigners) => SampleCourt.Write(WatchedCourt.Content(s_court, log, epoch, cosigners));

    /// <summary>A log whose second epoch took the sample court's log over at a size, or not at all.</summary>
    private static GovernanceLog Second(long? size, Func<CourtMember, CourtMember>? changed = null, Digest? root = null)
    {
        var draft = WatchedCourt.Draft(2);
        return WatchedCourt.Append(s_log, draft with
        {
            Courts = [.. draft.Courts.Select(changed ?? (c => c))],
            Logs = size is null ? [] : [new LogTerminal(SampleCourt.Origin, size.Value, root ?? (size == s_head.Size ? s_head.Root : Digest.Of("root"u8)))],
        });
    }

    /// <summary>Another approval key for court 3, which agreed with the old one.</summary>
    private static CourtMember Rekeyed(CourtMember court) =>
        court.Origin == WatchedCourt.Member(3, 1).Origin ? court with { ApprovalKey = Rfc6979SigningKey.Named("approval 3 anew").PublicKey } : court;

    private static GovernanceLog Begun(int court, Func<CourtMember, CourtMember> changed)
    {
        var draft = WatchedCourt.Draft(1);
        return WatchedCourt.Begin(draft with { Courts = [.. draft.Courts.Select((c, i) => i == court ? changed(c) : c)] });
    }

    private static byte[] Own(Func<CourtMember, CourtMember> changed) => Written(Begun(0, changed), 1, [0, 1, 2, 4]);

    /// <summary>The court's own approval, under its real code, would be a stranger's here.</summary>
    private static byte[] Recoded()
    {
        var draft = WatchedCourt.Draft(1);
        return Written(WatchedCourt.Begin(draft with { Courts = [draft.Courts[0] with { Code = "示0199" }, .. draft.Courts.Skip(1)] }, 1, 2, 3, 4), 1, [0, 1, 2, 4]);
    }

    private static GovernanceLog Alone() => WatchedCourt.Begin(WatchedCourt.Draft(1) with { Courts = [WatchedCourt.Member(0, 1)], Liars = 0 }, 0);

    private static byte[] TwoAndTwo() => SampleCourt.Write(s_court.Content() with
    {
        Governance = Second(2), Checkpoint = WatchedCourt.Cosign(WatchedCourt.Cosign(s_note, 1, 0, 1), 2, 2, 3),
    });

    private static byte[] WithLines(IReadOnlyList<NoteSignature> lines)
    {
        _ = SignedNote.TryParse(WatchedCourt.Cosign(s_note, 1, 0, 1, 2, 4), out var note);
        return SampleCourt.Write(s_court.Content() with { Governance = s_log, Checkpoint = SignedNote.Encode(note!.Text, [.. note.Signatures, .. lines]) });
    }

    private static byte[] Later(int steps) => AnchorExcerpt.RecordOf(s_head with { Size = s_head.Size + steps });

    private static byte[] Anchored(long number, Digest before, params byte[][] records) => Anchored(null, number, before, records);

    private static byte[] Anchored(EarlierHead? earlier, long number, Digest before, params byte[][] records) => Forge.Set(
        PackPath.Anchor, AnchorExcerpt.Of(Engine, "revision 42", number, before, [.. records.Select(r => (ReadOnlyMemory<byte>)r)], earlier).Encode()).Relist().Zip();

    private static byte[] AnchoredEarlier(IReadOnlyList<Digest> path) =>
        Anchored(new EarlierHead(Before.Size, Before.Root, path), 1, Start, AnchorExcerpt.RecordOf(Before));

    /// <summary>What no writer makes.</summary>
    private static byte[] WithAnchor(CborValue number, params byte[][] records) => WithAnchor(number, "", records);

    private static byte[] WithAnchor(CborValue number, string reference, params byte[][] records) => Forge.Set(PackPath.Anchor, CborValue.Map(
        ("version", CborValue.Integer(1)), ("identity", CborValue.Text(Engine)), ("reference", CborValue.Text(reference)), ("number", number),
        ("before", CborValue.Bytes(Digest.Of("block 6"u8))), ("records", CborValue.Array([.. records.Select(CborValue.Bytes)]))).Encode()).Relist().Zip();

    private static Vector Valid(string name, string description, byte[] pack, int[] vouchers, int[] known, byte[]? roster = null) =>
        Of(name, PackVerdict.Valid, description, pack, roster) with { Vouchers = [.. vouchers.Select(CodeOf)], Known = [.. known.Select(CodeOf)] };

    private static string CodeOf(int court) => WatchedCourt.Member(court, 1).Code;

    private static Vector Of(string name, PackVerdict verdict, string description, byte[] pack, byte[]? roster = null) =>
        Golden.Of(name, verdict, description, pack) with { File = name + ".zip", Roster = Convert.ToHexStringLower(roster ?? s_allCourts) };
}
