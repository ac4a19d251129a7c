using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Storage;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Rules;

/// <summary>The sample court as one of three that watch each other, and its log as a list of statements.</summary>
internal sealed class RuledCourt
{
    public const long LatestMs = 1_767_225_600_000 + 86_400_000;

    public RuledCourt(bool governed = true)
    {
        var genesis = Court.Genesis.Statement.Hash;
        Governance = governed ? GovernanceOf(genesis, epochs: 2, revokedLater: SampleCourt.DeviceKey.PublicKey.Thumbprint) : null;
    }

    public SampleCourt Court { get; } = new();

    /// <summary>Two epochs; the second revokes the sample device's key.</summary>
    public GovernanceLog? Governance { get; }

    public Epoch Epoch(int number) => Governance!.Epochs[number - 1];

    public IReadOnlyList<ReadOnlyMemory<byte>> Entries => [.. Court.Statements.Select(s => s.Bytes)];

    public int Count => Court.Statements.Count;

    public static GovernanceLog GovernanceOf(Digest genesis, int epochs, params Digest[] revokedLater)
    {
        GovernanceLog? log = null;
        for (var number = 1; number <= epochs; number++)
        {
            var epoch = Evidence.Governance.Epoch.Of(new EpochDraft
            {
                Number = number, Previous = log?.Current.Hash ?? default, Liars = 0, RevokedKeys = number > 1 ? revokedLater : [],
                Courts = [Member(genesis, number), SampleLeague.Court(2, number), SampleLeague.Court(3, number)],
            });
            Statement[] approvals =
            [
                EpochApproval.Sign(epoch, SampleCourt.Code, SampleCourt.CommandKey, SampleLeague.TimeMs),
                SampleLeague.Approve(epoch, 2), SampleLeague.Approve(epoch, 3),
            ];
            log = log?.Append(epoch, approvals) ?? GovernanceLog.Begin(epoch, approvals);
        }
        return log!;
    }

    /// <summary>A header as it should be at the next place.</summary>
    public BatchHeader NextHeader(int epoch = 1) => new(Count, epoch, Epoch(epoch).Hash, 0, default, Court.NowMs);

    public Statement StateHeader(BatchHeader header, string? subject = null) => Court.Add(new StatementDraft
    {
        Issuer = SampleCourt.Station, Subject = subject ?? SampleCourt.Origin, Kind = BatchHeader.Kind, TimeMs = header.TimeMs, Body = header.ToBody(),
    }.Sign(SampleCourt.StationKey));

    public Statement Revoke(SigningKey key) => Court.FromCourt("device.revoked", CborValue.Map(
        ("device", CborValue.Text(SampleCourt.DeviceId)), ("key", CborValue.Bytes(key.PublicKey.Thumbprint)), ("reason", CborValue.Text("lost"))));

    public RuledEntries Rule(int first = 0, EntryRules? rules = null)
    {
        using var own = new EntryRules(Governance);
        return (rules ?? own).Rule(first, [.. Entries.Skip(first)], LatestMs, Nowhere);
    }

    public static long? Nowhere(Digest id) => null;

    /// <summary>Puts entries into a store, whose tiles nobody reads here.</summary>
    public static void Store(ILogStore store, IReadOnlyList<ReadOnlyMemory<byte>> entries, IReadOnlyList<long> marks)
    {
        var before = store.ReadHead() is { } head && Frontier.TryDecode(head.Frontier.Span, out var stored) ? stored : Frontier.Empty;
        store.Append(new LogCommit(
            before.Size, [.. entries.Select(e => new NewEntry(e, Digest.Of(e.Span)))], [],
            before.Append([.. entries.Select(e => TreeHash.OfLeaf(e.Span))])) { Marks = marks });
    }

    private static CourtMember Member(Digest genesis, long epoch) => SampleLeague.Court(0, epoch) with
    {
        Code = SampleCourt.Code, Origin = SampleCourt.Origin, Genesis = genesis,
        LogKey = SampleCourt.LogKey.PublicKey, ApprovalKey = SampleCourt.CommandKey.PublicKey,
    };
}
