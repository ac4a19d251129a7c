using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Courts;

/// <summary>One court's copy of another court's log: holds every entry, has checked it, and vouches for one history only.</summary>
/// <remarks>
/// <para>What it signs is on its disk before the signature leaves: entries, tiles, head and cosignature in one commit, read back.
/// It never signs two roots for one size, nor a size smaller than one it signed, also after a crash at any point.</para>
/// <para>It freezes only on evidence that the owner signed. Whatever else is wrong with a push is refused and forgotten: entries
/// are unsigned, and freezing on them would let a stranger stop a log.</para>
/// <para>Has no clock, socket or thread. Safe for concurrent callers, who are served one after another.
/// Source: docs/design/ledger.md, "Before it cosigns"; docs/formats/court-link.md, section 3.</para>
/// </remarks>
public sealed partial class Mirror : IDisposable
{
    /// <summary>Most evidence of one owner's forks that is kept: each that comes has a smaller hash than all before, and one would do.</summary>
    private const int ForksMax = 16;

    private readonly Lock _gate = new();
    private readonly CourtMember _owner;
    private readonly ILogStore _store;
    private readonly CourtSeat _seat;
    private readonly Hearing _hearing;
    private readonly ICourtMemory _memory;
    private readonly HeldLog _held;
    private readonly EntryRules _rules;
    private readonly VerificationKey _ownerKey;
    private byte[] _note = [];
    private IReadOnlyList<NoteSignature> _lines = [];
    private SeenHead? _seen;
    private SeenHead? _published;
    private ForkEvidence? _fork;
    private int _forks;
    private bool _sealed;
    private string _halted = "";
    private string _trouble = "";

    private Mirror(CourtMember owner, ILogStore store, CourtSeat seat, Hearing hearing, ICourtMemory memory)
    {
        (_owner, _store, _seat, _hearing, _memory) = (owner, store, seat, hearing, memory);
        _held = new HeldLog(store);
        _rules = new EntryRules(seat.Governance);
        _ownerKey = new VerificationKey(owner.LogKey);
    }

    /// <summary>Goes on from what a store holds, or begins in an empty one.</summary>
    /// <param name="owner">Whose log; a court of the seat's epoch, not the seat's own.</param>
    /// <param name="store">This log's alone; stays the caller's and must outlive the mirror. Nobody else may write to it.</param>
    /// <param name="seat">Who vouches.</param>
    /// <param name="hearing">Shared by all mirrors of the seat.</param>
    /// <param name="memory">Shared by all mirrors of the seat.</param>
    /// <returns>A mirror; one whose store does not agree with itself answers <see cref="MirrorVerdict.Halted"/> and says why.</returns>
    public static Mirror Open(CourtMember owner, ILogStore store, CourtSeat seat, Hearing hearing, ICourtMemory memory)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(seat);
        ArgumentNullException.ThrowIfNull(hearing);
        ArgumentNullException.ThrowIfNull(memory);
        var mirror = new Mirror(owner, store, seat, hearing, memory);
        mirror.Open();
        return mirror;
    }

    /// <summary>Name of the log.</summary>
    public string Origin => _owner.Origin;

    /// <summary>How it stands.</summary>
    public MirrorStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new MirrorStatus(
                    _held.Size, _held.Root, _note, Math.Max(_held.Size, _seen?.Checkpoint.Size ?? 0), _fork, _sealed,
                    _halted.Length > 0 ? _halted : _trouble);
            }
        }
    }

    /// <summary>Takes a push of the owner.</summary>
    /// <param name="push">Untrusted.</param>
    /// <param name="now">This court's clock.</param>
    public MirrorAnswer Take(MirrorPush push, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(push);
        lock (_gate)
        {
            var answer = new MirrorAnswer(MirrorVerdict.Halted, 0, [], "");
            if (!Try(() => answer = Judge(push, now)))
            {
                answer = Answer(MirrorVerdict.Halted, _halted);
            }

            _trouble = answer.Verdict is MirrorVerdict.Cosigned or MirrorVerdict.OtherSize ? "" : answer.Sentence;
            return answer;
        }
    }

    /// <summary>Promises to vouch no more for this log in this epoch, and says what is held. The promise is durable before it leaves.</summary>
    /// <param name="sign">Makes the signed <c>log.sealed</c> for the head.</param>
    /// <returns>The statement; the first one where this log was sealed before.</returns>
    /// <exception cref="LogStoreException">It could not be kept. Nothing is vouched for any more all the same.</exception>
    public ReadOnlyMemory<byte> Seal(Func<LogTerminal, ReadOnlyMemory<byte>> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        lock (_gate)
        {
            // Before it is signed: between the two nothing may be vouched for.
            _sealed = true;
            if (_memory.ReadSeal(Origin, _seat.Epoch.Number) is { } kept)
            {
                return kept;
            }

            // A promise about less than is held would let the next epoch go on below a head that is final.
            if (_halted.Length > 0)
            {
                throw new LogStoreException(LogStoreFailure.Corrupt, $"What is held of {Origin} cannot be said: {_halted}");
            }

            var statement = sign(new LogTerminal(Origin, _held.Size, _held.Root));
            _memory.SaveSeal(Origin, _seat.Epoch.Number, statement);
            return statement;
        }
    }

    /// <summary>Housekeeping between two pushes, when nobody waits.</summary>
    public void Tidy()
    {
        lock (_gate)
        {
            if (_halted.Length == 0)
            {
                Try(_store.Tidy);
            }
        }
    }

    /// <summary>Lets go of imported keys.</summary>
    public void Dispose()
    {
        _rules.Dispose();
        _ownerKey.Dispose();
    }

    private void Open()
    {
        try
        {
            _note = _held.Open(new LogOpening(_store, Origin, _owner.Genesis, _owner.LogKey)) ?? [];
            _rules.Restore(MarkedEntries.Read(_store, _held.Size));
            _sealed = _memory.ReadSeal(Origin, _seat.Epoch.Number) is not null;
            var kept = _memory.ReadEvidence(Origin).Select(e => Checked(e.Bytes)).OfType<ForkEvidence>().ToArray();
            (_fork, _forks) = (kept.MinBy(e => e.Hash), kept.Length);
            _lines = _note.Length > 0 ? OwnLines(_note) : [];
        }
        catch (LogStop stop)
        {
            _halted = stop.Health.Sentence;
        }
        catch (Exception e) when (e is LogStoreException or FormatException)
        {
            _halted = e.Message;
        }
    }

    private MirrorAnswer Judge(MirrorPush push, DateTimeOffset now)
    {
        if (_halted.Length > 0)
        {
            return Answer(MirrorVerdict.Halted, _halted);
        }

        if (!push.IsWithinLimits)
        {
            return Answer(MirrorVerdict.Malformed, $"A push has at most {MirrorPush.EntriesMax} entries and {MirrorPush.EntryBytesMax} bytes of them.");
        }

        // 1. The log is one of the epoch's, and its owner signed this head.
        var verdict = _seat.Courts.Verify(push.Checkpoint.Span, Origin, out var vouched);
        if (verdict != CheckpointVerdict.Valid)
        {
            return Answer(MirrorVerdict.NotTheOwners, $"The checkpoint is not one of {Origin} in epoch {_seat.Epoch.Number} ({verdict}).");
        }

        // 2. The owner has one history.
        if (_fork is null && vouched!.Checkpoint.Size <= _held.Size)
        {
            CompareHeld(push.Checkpoint, vouched.Checkpoint, now);
        }

        if (_fork is not null)
        {
            return Answer(MirrorVerdict.Frozen, $"The owner signed two histories: sizes {_fork.First.Size} and {_fork.Second.Size}, evidence {_fork.Hash}.");
        }

        // 3. It goes on from here. The head that is held already gets the cosignature that it has.
        var checkpoint = vouched!.Checkpoint;
        if (checkpoint.Size == _held.Size)
        {
            return Again(checkpoint, now);
        }

        if (checkpoint.Size < _held.Size || push.OldSize != _held.Size)
        {
            return Answer(MirrorVerdict.OtherSize, "");
        }

        return _sealed ? Answer(MirrorVerdict.Sealed, $"Sealed in epoch {_seat.Epoch.Number} at size {_held.Size}.")
            : push.Entries.Count != checkpoint.Size - _held.Size
                ? Answer(MirrorVerdict.Malformed, $"{push.Entries.Count} entries do not lead from {_held.Size} to {checkpoint.Size}.")
            : Extend(push, checkpoint, now);
    }

    private MirrorAnswer Extend(MirrorPush push, Checkpoint checkpoint, DateTimeOffset now)
    {
        // 4. The root follows from what is held and these entries.
        var leaves = new Digest[push.Entries.Count];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = TreeHash.OfLeaf(push.Entries[i].Span);
        }

        var head = _held.With(leaves);
        if (head.Root != checkpoint.Root)
        {
            return Answer(MirrorVerdict.RootMismatch, $"The entries lead to the root {head.Root}, the checkpoint of size {checkpoint.Size} says {checkpoint.Root}.");
        }

        // 5. Every entry keeps the rules.
        var ruled = _rules.Rule(_held.Size, push.Entries, now.ToUnixTimeMilliseconds() + _seat.Epoch.ClockMsMax, _store.FindEntry);
        if (ruled.Fault is { } fault)
        {
            return Answer(MirrorVerdict.EntryRefused, $"Entry {fault.Index} breaks the rule \"{fault.Rule}\": {fault.Sentence}");
        }

        // 6. It is the history that this epoch took over, and that the owner showed to others.
        if (_seat.Epoch.TerminalOf(Origin) is { } terminal && Contradicts(terminal.Size, terminal.Root, leaves))
        {
            return Answer(MirrorVerdict.RootMismatch, $"Epoch {_seat.Epoch.Number} took this log over at size {terminal.Size} with another root.");
        }

        var other = new[] { _seen, _published }.FirstOrDefault(s => s is not null && Contradicts(s.Checkpoint.Size, s.Checkpoint.Root, leaves));

        // 7. All of it, with the cosignature, is durable in one commit and reads back; then only the answer leaves.
        var whyNot = other is null ? WhyNot(checkpoint.Size, ruled.LastHeader) : "The owner showed another history to others.";
        var lines = whyNot.Length == 0 ? Sign(checkpoint, now, ref whyNot) : [];
        var note = NoteWith(push.Checkpoint, lines);
        if (!_held.TryCommit(push.Entries, leaves, head, ruled.Marks, note))
        {
            _halted = "What lies on the disk is not what was written to it.";
            return Answer(MirrorVerdict.Halted, _halted);
        }

        _rules.Take(ruled);
        (_note, _lines) = (note, lines);
        if (other is not null)
        {
            CompareHeld(other.Note, other.Checkpoint, now);
        }

        Forget(checkpoint.Size);
        return lines.Count > 0 ? Answer(MirrorVerdict.Cosigned, "") : Answer(MirrorVerdict.Held, whyNot);
    }

    /// <summary>The cosignature of the held head, made now where it could not be made before.</summary>
    private MirrorAnswer Again(Checkpoint checkpoint, DateTimeOffset now)
    {
        if (_lines.Count > 0)
        {
            return Answer(MirrorVerdict.Cosigned, "");
        }

        var whyNot = _sealed ? $"Sealed in epoch {_seat.Epoch.Number}." : WhyNot(checkpoint.Size, _rules.LastHeader);
        var lines = whyNot.Length == 0 ? Sign(checkpoint, now, ref whyNot) : [];
        if (lines.Count == 0)
        {
            return Answer(MirrorVerdict.Held, whyNot);
        }

        var note = NoteWith(_note, lines);
        _store.SaveCheckpoint(checkpoint.Size, note);
        (_note, _lines) = (note, lines);
        return Answer(MirrorVerdict.Cosigned, "");
    }

    private IReadOnlyList<NoteSignature> Sign(Checkpoint checkpoint, DateTimeOffset now, ref string whyNot)
    {
        try
        {
            return _seat.Cosigner.Sign(checkpoint, now.ToUnixTimeSeconds());
        }
        catch (CryptographicException e)
        {
            whyNot = $"The cosigner's key could not sign: {e.Message}";
            return [];
        }
    }

    /// <summary>Does something with the disk; a failure, also of a reading one, ends this mirror until it is opened again.</summary>
    private bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (LogStoreException e)
        {
            // Nothing is known about the disk now: a new opening brings what it holds into order and compares it.
            _halted = e.Message;
            return false;
        }
    }

    private MirrorAnswer Answer(MirrorVerdict verdict, string sentence) =>
        new(verdict, _held.Size, verdict == MirrorVerdict.Cosigned ? _lines : [], sentence);
}
