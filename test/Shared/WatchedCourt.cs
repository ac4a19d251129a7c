using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Shared;

/// <summary>The sample court as court 0 of five that watch each other. Same calls, same bytes.</summary>
public static class WatchedCourt
{
    public const int Courts = 5;
    private const long FirstCosignedSeconds = 1_767_225_700;

    /// <summary>The five geneses; the first is the sample court's.</summary>
    public static IReadOnlyList<CourtGenesis> Geneses { get; } = [new SampleCourt().Genesis, .. Enumerable.Range(1, Courts - 1).Select(GenesisOf)];

    /// <summary>Who is who, with the keys of an epoch.</summary>
    public static CourtMember Member(int court, long epoch)
    {
        var member = SampleLeague.Court(Place(court), epoch) with { Genesis = Geneses[court].Statement.Hash };
        return court > 0 ? member : member with
        {
            Code = SampleCourt.Code, Name = new BilingualText("示例区人民法院", "Example District People's Court"), Origin = SampleCourt.Origin,
            LogKey = SampleCourt.LogKey.PublicKey, ApprovalKey = SampleCourt.CommandKey.PublicKey,
        };
    }

    public static EpochDraft Draft(long number, Digest previous = default) => new()
    {
        Number = number, Previous = previous, Liars = Quorum.LiarsOf(Courts), Courts = [.. Enumerable.Range(0, Courts).Select(c => Member(c, number))],
    };

    /// <summary>A governance log of one epoch to which these courts agreed, or all.</summary>
    public static GovernanceLog Governance(params int[] agreed) => Begin(Draft(1), agreed);

    public static GovernanceLog Begin(EpochDraft draft, params int[] agreed)
    {
        var epoch = Epoch.Of(draft);
        return GovernanceLog.Begin(epoch, Approvals(epoch, agreed));
    }

    public static GovernanceLog Append(GovernanceLog log, EpochDraft draft, params int[] agreed)
    {
        var epoch = Epoch.Of(draft with { Previous = log.Current.Hash });
        return log.Append(epoch, Approvals(epoch, agreed));
    }

    public static Statement Approve(Epoch epoch, int court) => court == 0
        ? EpochApproval.Sign(epoch, SampleCourt.Code, SampleCourt.CommandKey, SampleLeague.TimeMs)
        : SampleLeague.Approve(epoch, Place(court));

    /// <summary>A note with the lines of these courts under it; their clocks are a second apart.</summary>
    public static byte[] Cosign(byte[] note, long epoch, params IEnumerable<int> courts)
    {
        _ = SignedNote.TryParse(note, out var signed);
        _ = Checkpoint.TryParse(signed!.Text, out var checkpoint);
        return SignedNote.Encode(signed.Text, [.. signed.Signatures, .. courts.SelectMany(c => Lines(checkpoint!, c, epoch))]);
    }

    public static IReadOnlyList<NoteSignature> Lines(Checkpoint checkpoint, int court, long epoch)
    {
        using var note = SampleLeague.NoteKey(Place(court), epoch);
        return new Cosigner(Member(court, epoch).Origin, epoch, SampleLeague.CosignerKey(Place(court), epoch), note).Sign(checkpoint, FirstCosignedSeconds + court);
    }

    /// <summary>What the sample court's pack of these originals is where courts watch each other.</summary>
    public static PackContent Content(SampleCourt court, GovernanceLog governance, long epoch, IEnumerable<int> cosigners, params PackOriginal[] originals) =>
        court.Content(null, originals) with { Governance = governance, Checkpoint = Cosign(court.Log.Checkpoint(), epoch, cosigners) };

    /// <summary>Court 1 of the league has the sample court's code.</summary>
    private static int Place(int court) => court == 0 ? 0 : court + 1;

    private static IEnumerable<Statement> Approvals(Epoch epoch, int[] agreed) => (agreed is [] ? Enumerable.Range(0, Courts) : agreed).Select(c => Approve(epoch, c));

    private static CourtGenesis GenesisOf(int court)
    {
        var place = Place(court);
        var (code, origin) = (SampleLeague.CodeOf(place), SampleLeague.OriginOf(place));
        var statement = new StatementDraft
        {
            Issuer = "court:" + code, Subject = origin, Kind = CourtGenesis.Kind, TimeMs = SampleLeague.TimeMs,
            Body = CborValue.Map(
                ("court", CborValue.Text($"示例{place}法院")), ("court_en", CborValue.Text($"Sample court {place}")),
                ("code", CborValue.Text(code)), ("origin", CborValue.Text(origin)),
                ("epoch", CborValue.Integer(1)), ("n", CborValue.Integer(1)), ("q", CborValue.Integer(1)),
                ("log_key", SampleLeague.LogKey(place).PublicKey.ToCbor()), ("command_key", SampleLeague.ApprovalKey(place).PublicKey.ToCbor()),
                ("station_key", Rfc6979SigningKey.Named($"station {place}").PublicKey.ToCbor())),
        }.Sign(SampleLeague.ApprovalKey(place));
        return CourtGenesis.TryRead(statement, out var genesis, out var detail) ? genesis : throw new InvalidOperationException(detail);
    }
}
