using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Facts;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Courts;

/// <summary>The courts of the epoch as this one sees them now.</summary>
internal sealed class CourtsViews(CourtSeat seat, CourtLog log, CourtMirrors mirrors, CourtsBoard board, ICourtMemory memory, IOptions<CourtsOptions> options)
{
    public CourtsView Now()
    {
        var epoch = seat.Epoch;
        return new CourtsView(
            seat.Self.Code,
            new EpochView(epoch.Number, epoch.Hash.ToString(), epoch.Quorum.Courts, epoch.Quorum.Liars, epoch.Quorum.Needed),
            [.. epoch.Courts.Select(Court)], [.. epoch.Courts.Select(Log)], [.. epoch.Courts.SelectMany(Forks).OrderByDescending(f => f.FoundAt)]);
    }

    /// <summary>How each court looks now, in the order of the epoch.</summary>
    public IReadOnlyList<CourtState> States => [.. seat.Epoch.Courts.Select(c => Court(c).State)];

    /// <summary>For the board of health: whether entries become final.</summary>
    public (HealthLevel Level, string Detail) Health()
    {
        var bad = seat.Others.Select(Court).Where(c => c.State is not (CourtState.Good or CourtState.Lagging)).ToArray();
        var needed = seat.Epoch.Quorum.Needed;
        var there = seat.Epoch.Courts.Count - bad.Length;
        var names = string.Join(", ", bad.Select(c => $"{c.Name.En} ({c.State}{(c.Reason.Length > 0 ? $": {c.Reason}" : "")})"));
        return bad.Length == 0 ? (HealthLevel.Good, "")
            : there >= needed ? (HealthLevel.Degraded, $"{there} of {seat.Epoch.Courts.Count} courts vouch, {needed} are needed. Look at: {names}")
            : (HealthLevel.Failed, $"Nothing becomes final: {there} courts vouch and {needed} are needed. Statements are kept and receipts wait. Look at: {names}");
    }

    private CourtView Court(CourtMember court)
    {
        var isSelf = court.Origin == seat.Self.Origin;
        var (state, reason) = isSelf ? (CourtState.Good, "") : State(court);
        return new CourtView(court.Code, court.Name, court.Origin, isSelf, state, isSelf ? null : board.HeardAt(court.Code), reason);
    }

    private (CourtState State, string Reason) State(CourtMember court)
    {
        var status = mirrors.Find(court.Origin)!.Status;
        var trouble = board.TroubleOf(court.Code);
        return status.Fork is { } fork ? (CourtState.Forked, $"It signed two histories: sizes {fork.First.Size} and {fork.Second.Size}.")
            : status.IsSealed ? (CourtState.Sealed, $"Its log is sealed in epoch {seat.Epoch.Number} at size {status.Size}.")
            : !(board.Time.GetUtcNow() - board.HeardAt(court.Code) < options.Value.SilentAfter) ? (CourtState.Silent, trouble)
            : trouble.Length > 0 ? (CourtState.Refused, trouble)
            : status.Trouble.Length > 0 ? (CourtState.Refused, status.Trouble)
            : board.FinalOf(seat.Self.Origin) is { } final && (board.VoiceOf(seat.Self.Origin, court.Code)?.Size ?? 0) < final.Checkpoint.Size ? (CourtState.Lagging, "")
            : (CourtState.Good, "");
    }

    private CourtLogView Log(CourtMember court)
    {
        var held = court.Origin == seat.Self.Origin ? log.Head.Size : mirrors.Find(court.Origin)!.Status.Size;
        var final = board.FinalOf(court.Origin);
        return new CourtLogView(
            court.Code, court.Origin, Math.Max(held, board.SizeOf(court.Origin)), held, final?.Checkpoint.Size ?? 0,
            final?.MedianTimeSeconds is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            [.. seat.Epoch.Courts.Select(c => Voice(court, c, final))]);
    }

    private VoiceView Voice(CourtMember owner, CourtMember court, VouchedCheckpoint? final)
    {
        var voice = board.VoiceOf(owner.Origin, court.Code);
        return new VoiceView(court.Code, voice?.Size, voice?.At, final?.Vouchers.Any(v => v.Court.Code == court.Code) == true);
    }

    /// <summary>The evidence file of a hash, in hex, or null.</summary>
    public ForkEvidence? Evidence(string hash) =>
        seat.Epoch.Courts.SelectMany(Evidence).Select(e => e.Evidence).FirstOrDefault(e => e.Hash.ToString() == hash);

    private IEnumerable<ForkView> Forks(CourtMember court) => Evidence(court).Select(e =>
        new ForkView(court.Code, court.Origin, e.Evidence.First.Size, e.Evidence.Second.Size, e.At, e.Evidence.Hash.ToString()));

    private List<(ForkEvidence Evidence, DateTimeOffset At)> Evidence(CourtMember court)
    {
        using var key = new VerificationKey(court.LogKey);
        var logKey = new NoteKey(court.Origin, key);
        List<(ForkEvidence, DateTimeOffset)> found = [];
        foreach (var kept in memory.ReadEvidence(court.Origin))
        {
            if (ForkEvidence.Verify(kept.Bytes.Span, court.Origin, logKey, out var evidence) == ForkVerdict.Valid)
            {
                found.Add((evidence!, kept.At));
            }
        }

        return found;
    }
}
