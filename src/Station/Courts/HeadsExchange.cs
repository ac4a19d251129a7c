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

    // Of each log the newest held and the newest final head, and the head of the court's own round.
    private readonly int _notesMax = (2 * seat.Epoch.Courts.Count) + 1;

    // The owner's line and two of each court; room for an owner's second key.
    private readonly int _linesMax = (2 * seat.Epoch.Courts.Count) + 2;

    // The same notes come from every court every second; only new ones cost signatures.
    private readonly ConcurrentDictionary<Digest, bool> _remembered = new();

    /// <summary>Evidence against this court's own key, kept as any other; somebody else holds it.</summary>
    public ForkEvidence? OwnFork { get; private set; }

    /// <summary>All that this court knows.</summary>
    public KnownHeads Known()
    {
        List<ReadOnlyMemory<byte>> notes = [.. mirrors.All.Select(m => m.Status.Note), .. board.Finals.Select(f => f.Note), own.Note];
        var evidence = seat.Epoch.Courts.SelectMany(c => memory.ReadEvidence(c.Origin).OrderBy(e => Digest.Of(e.Bytes.Span)).Take(1)).Select(e => e.Bytes);
        return new KnownHeads([.. notes.Where(n => !n.IsEmpty)], [.. evidence]);
    }

    /// <summary>Takes in all that another court knows; what is not right of it is left out.</summary>
    /// <returns>False, once for each message, when a note was not its owner's or evidence showed no fork.</returns>
    public bool Take(KnownHeads known, CourtMember from, DateTimeOffset now)
    {
        // An honest court tells of no more: each line of each note costs a signature to check, and a liar would send as many as fit.
        var wrong = Math.Max(0, known.Notes.Count - _notesMax) + known.Notes.Take(_notesMax).Count(note => !TakeNote(note, now))
            + known.Evidence.Take(seat.Epoch.Courts.Count).Count(evidence => !TakeEvidence(evidence, now));

        // Last: this court may sign again only when all that others remember of it was taken in.
        hearing.Heard(from.Code);
        board.Heard(from.Code);
        return wrong == 0;
    }

    /// <returns>False, once, for a note that is not its owner's.</returns>
    private bool TakeNote(ReadOnlyMemory<byte> note, DateTimeOffset now)
    {
        if (_remembered.Count >= RememberedMax)
        {
            _remembered.Clear();
        }

        if (!_remembered.TryAdd(Digest.Of(note.Span), true))
        {
            return true;
        }

        if (!SignedNote.TryParse(note.Span, out var parsed) || parsed.Signatures.Count > _linesMax || board.TakeNote(note) is not { } vouched)
        {
            return false;
        }

        var said = vouched.Checkpoint;
        if (said.Origin == log.Origin)
        {
            CompareOwn(note, said, now);
        }
        else if (mirrors.Find(said.Origin) is { } mirror && mirror.Learn(note, now) && said.Size > mirror.Status.Size)
        {
            // Not compared yet, and a mirror keeps only the largest in mind: it is looked at again when it comes again.
            _remembered.TryRemove(Digest.Of(note.Span), out _);
        }

        return true;
    }

    /// <summary>Compares a head that somebody signed with this court's key with this court's log.</summary>
    private void CompareOwn(ReadOnlyMemory<byte> note, Checkpoint said, DateTimeOffset now)
    {
        var head = log.Head;
        if (said.Size > head.Size)
        {
            board.Alarm($"A head of size {said.Size} is signed with this court's key, and its log has only {head.Size} entries: somebody else holds the key, or the log was put back.");
        }
        else if (said.Size > 0 && log.RootAt(said.Size) != said.Root)
        {
            TakeEvidence(
                said.Size == head.Size
                    ? ForkEvidence.Of(note, head.Checkpoint)
                    : ForkEvidence.Of(note, head.Checkpoint, log.RootAt(said.Size), log.ProveConsistency(said.Size, head.Size)), now);
        }
    }

    /// <returns>False, once, for evidence that shows nothing.</returns>
    private bool TakeEvidence(ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        if (!_remembered.TryAdd(Digest.Of(bytes.Span), true))
        {
            return true;
        }

        foreach (var court in seat.Epoch.Courts)
        {
            using var key = new Evidence.Cose.VerificationKey(court.LogKey);
            if (ForkEvidence.Verify(bytes.Span, court.Origin, new NoteKey(court.Origin, key), out var evidence) == ForkVerdict.Valid)
            {
                Keep(court, evidence!, now);
                return true;
            }
        }

        return false;
    }

    private void Keep(CourtMember court, ForkEvidence evidence, DateTimeOffset now)
    {
        if (mirrors.Find(court.Origin) is { } mirror)
        {
            mirror.Learn(evidence, now);
            return;
        }

        OwnFork = evidence;
        board.Keep(() => memory.SaveEvidence(court.Origin, new KeptEvidence(evidence.Bytes, now)));
        board.Alarm("Two histories are signed with this court's key: take the station off the network and begin a successor log (docs/operate/courts.md).");
    }
}
