using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Ledger.Courts;

namespace Cinnabar.MaliciousCourt;

/// <summary>The court as owner of its log: one history, until it is told to lie. Safe for concurrent use.</summary>
internal sealed class LyingOwner
{
    private readonly Lock _gate = new();
    private readonly CourtSeat _seat;
    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private readonly History[] _faces;
    private readonly FinalityRound[] _rounds;
    private bool _withholds;
    private bool _isStill;

    public LyingOwner(CourtSeat seat, History begin, TimeProvider time, Action<string> say)
    {
        (_seat, _time, _say) = (seat, time, say);
        _faces = [begin, begin];
        _rounds = [new FinalityRound(seat), new FinalityRound(seat)];
    }

    /// <summary>What a court is sent next.</summary>
    /// <param name="court">Place of the court among the others: even ones see the first face.</param>
    /// <param name="held">What it said it holds.</param>
    public MirrorPush? Next(int court, long held)
    {
        lock (_gate)
        {
            var target = (int?)_rounds[FaceFor(court)].Target?.Size;
            return target is null ? null : _faces[FaceFor(court)].Push(_withholds ? long.MaxValue : held, target.Value);
        }
    }

    /// <summary>The head that a court is told of.</summary>
    public ReadOnlyMemory<byte> NoteFor(int court)
    {
        lock (_gate)
        {
            return _rounds[FaceFor(court)].Note;
        }
    }

    /// <summary>Takes a court's cosignature; the day two faces become final is the day the protocol is broken.</summary>
    /// <param name="size">Of the head that was pushed.</param>
    /// <param name="lines">Of the answer.</param>
    public void Take(int court, long size, IReadOnlyList<NoteSignature> lines)
    {
        lock (_gate)
        {
            if (lines.Count > 0 && _rounds[FaceFor(court)].Add(size, lines, out _) is { } final)
            {
                _say($"final face {FaceFor(court)} size {final.Size}");
            }
        }
    }

    /// <summary>Another moment of the log's life: each face goes on when its last head is final.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            if (_isStill || _rounds[0].IsOpen)
            {
                return;
            }

            _faces[0].Append(1, "one");
            if (!ReferenceEquals(_faces[0], _faces[1]))
            {
                _faces[1].Append(1, "other");
            }

            Begin();
        }
    }

    /// <summary>Tells the lie, where it is one of an owner.</summary>
    public void Tell(Lie lie, SigningKey stranger)
    {
        lock (_gate)
        {
            if (!Prepare(lie, stranger))
            {
                return;
            }

            (_rounds[0], _rounds[1]) = (new FinalityRound(_seat), new FinalityRound(_seat));
            Begin();
            _say($"lied {lie} sizes {_faces[0].Size} {_faces[1].Size} at {_time.GetUtcNow():O}");
        }
    }

    private bool Prepare(Lie lie, SigningKey stranger)
    {
        var common = _faces[0].Size;
        switch (lie)
        {
            case Lie.TwoFaces:
                Split(common, 1);
                return true;
            case Lie.TwoSizes:
                // Kept still: both heads stay as they are, and never meet another of their size.
                Split(common, 5);
                return _isStill = true;
            case Lie.Rollback:
                _faces[0] = _faces[1] = _faces[0].Fork(Math.Max(1, common - 3));
                _faces[0].Append(0, "other");
                return true;
            case Lie.Withhold:
                _faces[0].Append(1, "withheld");
                return _withholds = true;
            case Lie.InvalidEntry:
                _faces[0].Append(1, "one");
                _faces[0].AppendStrangers(stranger);
                return true;
            case Lie.LongNotes:
                _faces[0].HasLongNotes = true;
                _faces[0].Append(1, "long");
                return true;
            default:
                return false;
        }
    }

    /// <summary>As long as there is one history, all courts vouch in one round.</summary>
    private int FaceFor(int court) => ReferenceEquals(_faces[0], _faces[1]) ? 0 : court % 2;

    private void Split(int common, int otherFacts)
    {
        _faces[1] = _faces[0].Fork(common);
        _faces[0].Append(1, "one");
        _faces[1].Append(otherFacts, "other");
    }

    private void Begin()
    {
        for (var face = 0; face < 2; face++)
        {
            _rounds[face].Begin(_faces[face].Head, _time.GetUtcNow());
        }
    }
}
