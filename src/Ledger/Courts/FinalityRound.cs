using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;

namespace Cinnabar.Ledger.Courts;

/// <summary>Collects the cosignatures of one head of a court's own log, until q courts vouch.</summary>
/// <remarks>
/// One head at a time: were every new head shown at once, each mirror would cosign another one under load, and none would ever get q
/// (test/models/liveness.pml). What is collected need not be durable: mirrors give the same cosignature again.
/// Has no clock, socket or thread; safe for concurrent callers. Source: docs/design/ledger.md, "Rounds".
/// </remarks>
public sealed class FinalityRound
{
    private readonly Lock _gate = new();
    private readonly CourtSeat _seat;
    private readonly Dictionary<(string Name, uint KeyId), NoteSignature> _lines = [];
    private LogHead? _target;
    private Checkpoint? _checkpoint;
    private bool _final;

    /// <summary>Begins without a head.</summary>
    public FinalityRound(CourtSeat seat)
    {
        ArgumentNullException.ThrowIfNull(seat);
        _seat = seat;
    }

    /// <summary>The head that mirrors are asked for; null before the first.</summary>
    public LogHead? Target
    {
        get
        {
            lock (_gate)
            {
                return _target;
            }
        }
    }

    /// <summary>True while the target has fewer than q voices.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _target is not null && !_final;
            }
        }
    }

    /// <summary>The target's note with the cosignatures collected so far; empty before the first.</summary>
    public ReadOnlyMemory<byte> Note
    {
        get
        {
            lock (_gate)
            {
                return _target is null ? default(ReadOnlyMemory<byte>) : NoteNow();
            }
        }
    }

    /// <summary>Asks for another head from now on. While a round is open, or for a head that is not larger, nothing changes.</summary>
    /// <param name="head">The newest signed, durable head of the court's own log.</param>
    /// <param name="now">This court's clock: it vouches for its own log first.</param>
    /// <returns>The final head where this court's own voice suffices; otherwise null.</returns>
    public FinalHead? Begin(LogHead head, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(head);
        lock (_gate)
        {
            if (head.Size <= (_target?.Size ?? 0) || (_target is not null && !_final))
            {
                return null;
            }

            _target = head;
            _checkpoint = new Checkpoint(_seat.Self.Origin, head.Size, head.Root);
            _final = false;
            _lines.Clear();
            return AddNow(_seat.Cosigner.Sign(_checkpoint, now.ToUnixTimeSeconds()));
        }
    }

    /// <summary>Takes a mirror's cosignature of the target.</summary>
    /// <param name="size">Size of the head that was pushed: an answer to an earlier round counts for nothing.</param>
    /// <param name="lines">Untrusted.</param>
    /// <param name="voices">Whose lines they are; none for an answer to an earlier round, null when a line does not verify.</param>
    /// <returns>The final head, once, when this voice made it q; otherwise null.</returns>
    public FinalHead? Add(long size, IReadOnlyList<NoteSignature> lines, out IReadOnlyList<Voucher>? voices)
    {
        ArgumentNullException.ThrowIfNull(lines);
        lock (_gate)
        {
            voices = [];
            if (_target is null || size != _target.Size)
            {
                return null;
            }

            // Only lines of the epoch's own keys are kept, each once: junk beside them would fill the note, or stand in for another court's.
            IReadOnlyList<NoteSignature> known = [.. lines.Where(_seat.Courts.IsCosignature)];
            voices = _seat.Courts.TryCount(_checkpoint!, known, out var counted) && counted.Count > 0 ? counted : null;
            return voices is null ? null : AddNow(known);
        }
    }

    private FinalHead? AddNow(IReadOnlyList<NoteSignature> lines)
    {
        foreach (var line in lines)
        {
            _lines.TryAdd((line.Name, line.KeyId), line);
        }

        if (_final || _lines.Keys.DistinctBy(k => k.Name).Count() < _seat.Epoch.Quorum.Needed)
        {
            return null;
        }

        // Counted again as a stranger would count it: what leaves as final is final for everybody.
        var note = NoteNow();
        if (_seat.Courts.Verify(note, _seat.Self.Origin, out var vouched) != CheckpointVerdict.Valid || !vouched!.IsFinal)
        {
            return null;
        }

        _final = true;
        return new FinalHead(_target!.Size, _target.Root, note, vouched);
    }

    private byte[] NoteNow()
    {
        _ = SignedNote.TryParse(_target!.Checkpoint.Span, out var own);
        return SignedNote.Encode(own!.Text, [.. own.Signatures, .. _lines.Values.OrderBy(l => l.Name, StringComparer.Ordinal)]);
    }
}
