using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Shared;
using static Cinnabar.Shared.SampleLeague;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Makes vectors/governance.</summary>
internal static class GovernanceVectors
{
    private static readonly Epoch s_first = Epoch(5);
    private static readonly Epoch s_second = Of(Draft2());
    private static readonly (Epoch, Statement[]) s_agreed = (s_first, [.. ApprovedBy(s_first, 4)]);

    public static IEnumerable<Vector> All() =>
    [
        Of("valid", GovernanceVerdict.Valid, "five courts, four of which agreed", s_agreed),
        Of("valid-second", GovernanceVerdict.Valid, "a second epoch with new cosigners' keys that takes over one log", s_agreed, (s_second, [.. ApprovedBy(s_second, 4)])),
        Of("valid-one", GovernanceVerdict.Valid, "a court by itself", (Epoch(1), [.. ApprovedBy(Epoch(1), 1)])),
        Vector("malformed", GovernanceVerdict.Malformed, "version 2", CborValue.Array(CborValue.Integer(2), Items(s_agreed)).Encode()),
        Vector("malformed-empty", GovernanceVerdict.Malformed, "no epoch", CborValue.Array(CborValue.Integer(1), CborValue.Array()).Encode()),
        Spoiled("epoch-quorum", "q one smaller than the rule, and everybody agreed", "q", CborValue.Integer(3)),
        Spoiled("epoch-liars", "f zero for five courts", "f", CborValue.Integer(0)),
        Spoiled("epoch-order", "the courts in another order", "courts", CborValue.Array([.. Document(s_first)["courts"].AsArray().Reverse()])),
        Spoiled("epoch-key-twice", "one court's log key is another's, too", "courts", KeyTwice()),
        Spoiled("epoch-link-key-is-log-key", "a court's links use the key of its log", "courts", LinkIsLog()),
        Of("not-in-sequence", GovernanceVerdict.NotInSequence, "a log that begins with epoch 2", (s_second, [.. ApprovedBy(s_second, 5)])),
        Of("not-in-sequence-hash", GovernanceVerdict.NotInSequence, "epoch 2 names another predecessor", s_agreed, Agreed(Draft2() with { Previous = Digest.Of("other"u8) })),
        Of("key-reused", GovernanceVerdict.KeyReused, "epoch 2 with the cosigners' keys of epoch 1", s_agreed, Agreed(Draft(5) with { Number = 2, Previous = s_first.Hash })),
        Of("approval-stranger", GovernanceVerdict.ApprovalInvalid, "a court of neither set agreed, too",
            (s_first, [.. ApprovedBy(s_first, 4), EpochApproval.Sign(s_first, "示0999", Rfc6979SigningKey.Named("stranger"), TimeMs)])),
        Of("approval-wrong-key", GovernanceVerdict.ApprovalInvalid, "an approval in a court's name with another court's key",
            (s_first, [.. ApprovedBy(s_first, 4), EpochApproval.Sign(s_first, CodeOf(4), ApprovalKey(3), TimeMs)])),
        Of("approval-twice", GovernanceVerdict.ApprovalInvalid, "the same approval twice", (s_first, [.. ApprovedBy(s_first, 4), Approve(s_first, 0)])),
        Of("approval-other-document", GovernanceVerdict.ApprovalInvalid, "an approval of the second epoch under the first", (s_first, [.. ApprovedBy(s_first, 4), Approve(s_second, 4)])),
        Of("too-few", GovernanceVerdict.TooFewApprovals, "three of five courts", (s_first, [.. ApprovedBy(s_first, 3)])),
        Of("too-few-same-court", GovernanceVerdict.TooFewApprovals, "three courts, one of them twice a second apart",
            (s_first, [.. ApprovedBy(s_first, 3), EpochApproval.Sign(s_first, CodeOf(0), ApprovalKey(0), TimeMs + 1_000)])),
        Of("too-few-old", GovernanceVerdict.TooFewApprovals, "five other courts took over by themselves", s_agreed, Others(5)),
        Of("too-few-new", GovernanceVerdict.TooFewApprovals, "the old courts appointed five others that did not agree", s_agreed, Others(0)),
    ];

    private static EpochDraft Draft2() => new()
    {
        Number = 2, Previous = s_first.Hash, Liars = 1, Courts = [.. Enumerable.Range(0, 5).Select(c => Court(c, 2))],
        Logs = [new LogTerminal(OriginOf(0), 17, Digest.Of("root"u8))],
    };

    private static Epoch Of(EpochDraft draft) => Evidence.Governance.Epoch.Of(draft);

    private static (Epoch, Statement[]) Agreed(EpochDraft draft) => (Of(draft), [.. ApprovedBy(Of(draft), 5)]);

    private static (Epoch, Statement[]) Others(int first)
    {
        var epoch = Of(new EpochDraft { Number = 2, Previous = s_first.Hash, Liars = 1, Courts = [.. Enumerable.Range(5, 5).Select(c => Court(c, 2))] });
        return (epoch, [.. Enumerable.Range(first, 5).Select(c => Approve(epoch, c))]);
    }

    private static CborValue Document(Epoch epoch) => CborValue.Decode(epoch.Bytes.Span);

    private static CborValue KeyTwice()
    {
        var courts = Document(s_first)["courts"].AsArray();
        return CborValue.Array([Replace(courts[0], "log_key", courts[1]["log_key"]), .. courts.Skip(1)]);
    }

    private static CborValue LinkIsLog()
    {
        var courts = Document(s_first)["courts"].AsArray();
        return CborValue.Array([Replace(courts[0], "link_key", CborValue.Bytes(Digest.Of(LogKey(0).PublicKey.ToSubjectPublicKeyInfo()))), .. courts.Skip(1)]);
    }

    private static CborValue Replace(CborValue map, string key, CborValue value) =>
        CborValue.Map(map.AsMap().Select(e => e.Key.AsText() == key ? new(e.Key, value) : e));

    /// <summary>A document that no draft makes, with approvals of its own hash.</summary>
    private static Vector Spoiled(string name, string description, string key, CborValue value)
    {
        var document = Replace(Document(s_first), key, value).Encode();
        var approvals = Enumerable.Range(0, 5).Select(c => new StatementDraft
        {
            Issuer = "court:" + CodeOf(c), Subject = EpochApproval.Subject, Kind = EpochApproval.Kind, TimeMs = TimeMs,
            Body = CborValue.Map(("epoch", CborValue.Integer(1)), ("document", CborValue.Bytes(Digest.Of(document)))),
        }.Sign(ApprovalKey(c)));
        return Vector(name, GovernanceVerdict.EpochInvalid, description, CborValue.Array(CborValue.Integer(1), CborValue.Array(Item(document, approvals))).Encode());
    }

    private static Vector Of(string name, GovernanceVerdict verdict, string description, params (Epoch Epoch, Statement[] Approvals)[] epochs) =>
        Vector(name, verdict, description, CborValue.Array(CborValue.Integer(1), Items(epochs)).Encode());

    private static CborValue Items(params (Epoch Epoch, Statement[] Approvals)[] epochs) =>
        CborValue.Array([.. epochs.Select(e => Item(e.Epoch.Bytes.ToArray(), e.Approvals))]);

    private static CborValue Item(byte[] document, IEnumerable<Statement> approvals) => CborValue.Array(
        CborValue.Bytes(document), CborValue.Array([.. approvals.OrderBy(a => a.Hash).Select(a => CborValue.Bytes(a.Bytes.ToArray()))]));

    private static Vector Vector(string name, GovernanceVerdict verdict, string description, byte[] bytes) =>
        Golden.Of(name, verdict, description, bytes, null) with { File = name + ".cbor" };
}
