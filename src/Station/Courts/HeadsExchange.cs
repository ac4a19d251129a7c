using System.Collections.Concurrent;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;

namespace Cinnabar.Station.Courts;

/// <summary>What this court tells others of all logs, and what it makes of what they tell: this is where forks come to light.</summary>
/// <remarks>Source: docs/formats/court-link.md, section 4. Safe for concurrent use.</remarks>
internal sealed class HeadsExchange(
    CourtSeat seat, CourtLog log, OwnFinality own, CourtMirrors mirrors, ICourtMemory memory, CourtsBoard board, Hearing hearing)
{
    private const int RememberedMax = 4_096;

    // The same notes come from every court every second; only new ones cost signatures.
    private readonly ConcurrentDictionary<Digest, bool> _remembered = new();

    /// <summary>Evidence against this court's own key, kept as any other; somebody else holds it.</summary>
    public ForkEvidence? OwnFork { get; private set; }

    /// <summary>All that this court knows.</summary>
    public KnownHeads Known()
    {
        List<ReadOnlyMemory<byte>> notes = [.. mirrors.All.Select(m => m.Status.Note), .. board.Finals.Select(f => f.Note), own.Note];
        var evidence = seat.Epoch.Courts.SelectMany(c => memory.ReadEvidence(c.Origin).Take(1)).Select(e => e.Bytes);
        return new KnownHeads([.. notes.Where(n => !n.IsEmpty)], [.. evidence]);
    }

    /// <summary>Takes in all that another court knows.</summary>
    public void Take(KnownHeads known, CourtMember from, DateTimeOffset now)
    {
        foreach (var note in known.Notes)
        {
            TakeNote(note, now);
        }

        foreach (var evidence in known.Evidence)
        {
            TakeEvidence(evidence, now);
        }

        // Last: this court may sign again only when all that others remember of it was taken in.
        hearing.Heard(from.Code);
        board.Heard(from.Code);
    }

    private void TakeNote(ReadOnlyMemory<byte> note, DateTimeOffset now)
    {
        if (_remembered.Count >= RememberedMax)
        {
            _remembered.Clear();
        }

        if (!_remembered.TryAdd(Digest.Of(note.Span), true) || board.TakeNote(note) is not { } vouched)
        {
            return;
        }

        var said = vouched.Checkpoint;
        if (said.Origin != log.Origin)
        {
            mirrors.Find(said.Origin)?.Learn(note, now);
        }
        else if (said.Size <= log.Head.Size && said.Size > 0 && log.RootAt(said.Size) != said.Root)
        {
            var head = log.Head;
            TakeEvidence(
                said.Size == head.Size
                    ? ForkEvidence.Of(note, head.Checkpoint)
                    : ForkEvidence.Of(note, head.Checkpoint, log.RootAt(said.Size), log.ProveConsistency(said.Size, head.Size)), now);
        }
        else if (said.Size > log.Head.Size)
        {
            board.Alarm($"A head of size {said.Size} is signed with this court's key, and its log has only {log.Head.Size} entries: somebody else holds the key, or the log was put back.");
        }
    }

    private void TakeEvidence(ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        if (!_remembered.TryAdd(Digest.Of(bytes.Span), true))
        {
            return;
        }

        foreach (var court in seat.Epoch.Courts)
        {
            using var key = new Evidence.Cose.VerificationKey(court.LogKey);
            if (ForkEvidence.Verify(bytes.Span, court.Origin, new NoteKey(court.Origin, key), out var evidence) != ForkVerdict.Valid)
            {
                continue;
            }

            if (mirrors.Find(court.Origin) is { } mirror)
            {
                mirror.Learn(evidence!, now);
            }
            else
            {
                OwnFork = evidence;
                board.Keep(() => memory.SaveEvidence(court.Origin, new KeptEvidence(bytes, now)));
                board.Alarm("Two histories are signed with this court's key: take the station off the network and begin a successor log (docs/operate/courts.md).");
            }

            return;
        }
    }
}
