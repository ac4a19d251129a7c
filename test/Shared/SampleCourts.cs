using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Shared;

/// <summary>The courts of <see cref="SampleLeague"/> with real first entries, so that their logs can be mirrored.</summary>
public sealed class SampleCourts
{
    public SampleCourts(int courts)
    {
        Geneses = [.. Enumerable.Range(0, courts).Select(GenesisOf)];
        First = Epoch.Of(new EpochDraft
        {
            Number = 1, Liars = Quorum.LiarsOf(courts),
            Courts = [.. Enumerable.Range(0, courts).Select(c => SampleLeague.Court(c, 1) with { Genesis = Geneses[c].Hash })],
        });
        Governance = GovernanceLog.Begin(First, SampleLeague.ApprovedBy(First, courts));
    }

    public IReadOnlyList<Statement> Geneses { get; }

    public Epoch First { get; }

    public GovernanceLog Governance { get; }

    public CourtMember this[int court] => First.Find(SampleLeague.OriginOf(court))!;

    public static Rfc6979SigningKey StationKey(int court) => Rfc6979SigningKey.Named($"station {court}");

    /// <summary>Something that the court's station states.</summary>
    public static Statement State(int court, string kind, CborValue body, long timeMs) => new StatementDraft
    {
        Issuer = "station:" + SampleLeague.CodeOf(court), Subject = SampleLeague.OriginOf(court), Kind = kind, TimeMs = timeMs, Body = body,
    }.Sign(StationKey(court));

    private static Statement GenesisOf(int court) => new StatementDraft
    {
        Issuer = "court:" + SampleLeague.CodeOf(court), Subject = SampleLeague.OriginOf(court), Kind = CourtGenesis.Kind, TimeMs = SampleLeague.TimeMs,
        Body = CborValue.Map(
            ("court", CborValue.Text($"示例{court}法院")), ("code", CborValue.Text(SampleLeague.CodeOf(court))),
            ("origin", CborValue.Text(SampleLeague.OriginOf(court))), ("epoch", CborValue.Integer(1)), ("n", CborValue.Integer(1)), ("q", CborValue.Integer(1)),
            ("log_key", SampleLeague.LogKey(court).PublicKey.ToCbor()), ("command_key", SampleLeague.ApprovalKey(court).PublicKey.ToCbor()),
            ("station_key", StationKey(court).PublicKey.ToCbor())),
    }.Sign(SampleLeague.ApprovalKey(court));
}
