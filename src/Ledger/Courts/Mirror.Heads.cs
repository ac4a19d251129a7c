using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Ledger.Rules;

namespace Cinnabar.Ledger.Courts;

public sealed partial class Mirror
{
    /// <summary>Compares a head that another court showed with what is held.</summary>
    /// <param name="note">A signed note of this log, untrusted.</param>
    /// <param name="now">This court's clock.</param>
    /// <returns>False when it is not the owner's.</returns>
    public bool Learn(ReadOnlyMemory<byte> note, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_seat.Courts.Verify(note.Span, Origin, out var vouched) != CheckpointVerdict.Valid)
            {
                return false;
            }

            var head = new SeenHead(vouched!.Checkpoint, note.ToArray());
            if (_halted.Length > 0)
            {
                return true;
            }

            if (head.Checkpoint.Size <= _held.Size)
            {
                Try(() => CompareHeld(head.Note, head.Checkpoint, now));
                return true;
            }

            // Two heads beyond what is held need nothing of this court's own to be compared when they have one size.
            if (_seen is { } seen && seen.Checkpoint.Size == head.Checkpoint.Size && seen.Checkpoint.Root != head.Checkpoint.Root)
            {
                Freeze(ForkEvidence.Of(seen.Note, head.Note), now);
            }

            _seen = Larger(_seen, head);
            if (vouched.Vouchers.Any(v => v.Court.Origin == _seat.Self.Origin))
            {
                _published = Larger(_published, head);
            }

            return true;
        }
    }

    /// <summary>Freezes on evidence that another court has.</summary>
    /// <returns>False when it is none.</returns>
    public bool Learn(ForkEvidence evidence, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        lock (_gate)
        {
            return Freeze(evidence.Bytes, now);
        }
    }

    /// <summary>Freezes when a head that the owner signed is not one of the held history.</summary>
    private void CompareHeld(ReadOnlyMemory<byte> note, Checkpoint checkpoint, DateTimeOffset now)
    {
        if (_fork is not null || checkpoint.Size == 0 || checkpoint.Size > _held.Size)
        {
            return;
        }

        var root = _held.RootAt(checkpoint.Size);
        if (root != checkpoint.Root)
        {
            Freeze(checkpoint.Size == _held.Size ? ForkEvidence.Of(note, _note) : ForkEvidence.Of(note, _note, root, _held.ProveConsistency(checkpoint.Size)), now);
        }
    }

    private bool Freeze(ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        if (Checked(bytes) is not { } evidence)
        {
            return false;
        }

        if (_fork is not null && (evidence.Hash.CompareTo(_fork.Hash) >= 0 || _forks >= ForksMax))
        {
            return true;
        }

        // Frozen first: where the disk fails, this life of the court at least vouches for no fork.
        _fork = evidence;
        _forks++;
        return Try(() => _memory.SaveEvidence(Origin, new KeptEvidence(evidence.Bytes, now)));
    }

    private ForkEvidence? Checked(ReadOnlyMemory<byte> bytes) =>
        ForkEvidence.Verify(bytes.Span, Origin, new NoteKey(Origin, _ownerKey), out var evidence) == ForkVerdict.Valid ? evidence : null;

    /// <summary>True when the history with these leaves more has another root at a size that it reaches now.</summary>
    private bool Contradicts(long size, Digest root, ReadOnlySpan<Digest> leaves) =>
        size > _held.Size ? size <= _held.Size + leaves.Length && _held.With(leaves[..(int)(size - _held.Size)]).Root != root
        : size > 0 && _held.RootAt(size) != root;

    /// <summary>Why a head of this size is not vouched for yet; empty when it may be.</summary>
    private string WhyNot(long size, BatchHeader? header) =>
        !_hearing.IsEnough ? "Not enough courts were heard since the start: they may remember what this one signed."
        : _published is { } published && published.Checkpoint.Size > size ? $"This court vouched for size {published.Checkpoint.Size} before its disk was put back; entries are missing up to there."
        : _seat.Epoch.TerminalOf(Origin) is { } terminal && terminal.Size > size ? $"Epoch {_seat.Epoch.Number} took this log over at size {terminal.Size}; entries are missing up to there."
        : header is null || header.Epoch != _seat.Epoch.Number ? $"The last batch header is not of epoch {_seat.Epoch.Number}."
        : "";

    private void Forget(long size)
    {
        _seen = _seen?.Checkpoint.Size > size ? _seen : null;
        _published = _published?.Checkpoint.Size > size ? _published : null;
    }

    /// <summary>The owner's signature from a note, and these lines below it. Nothing else is taken over: a note has room for so many lines only.</summary>
    private byte[] NoteWith(ReadOnlyMemory<byte> note, IReadOnlyList<NoteSignature> lines)
    {
        _ = SignedNote.TryParse(note.Span, out var parsed);
        var key = NoteKey.ComputeKeyId(_owner.LogKey);
        return SignedNote.Encode(parsed!.Text, [parsed.Signatures.First(s => s.Name == Origin && s.KeyId == key), .. lines]);
    }

    /// <summary>This court's lines of this epoch under a note of its own store.</summary>
    private IReadOnlyList<NoteSignature> OwnLines(ReadOnlyMemory<byte> note)
    {
        _ = SignedNote.TryParse(note.Span, out var parsed);
        return [.. parsed!.Signatures.Where(s => s.Name == _seat.Cosigner.Name)];
    }

    private static SeenHead Larger(SeenHead? one, SeenHead other) => one is null || other.Checkpoint.Size > one.Checkpoint.Size ? other : one;
}
