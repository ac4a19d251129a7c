using System.Runtime.CompilerServices;
using System.Text;
using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>One court's own record of the anchor chain: what it owes, what the engine showed, and whether that can be believed.</summary>
/// <remarks>
/// <para>Every change is durable before a method returns. The book has no clock, thread or network of its own; <see cref="AnchorLink"/>
/// moves anchors between it and an engine.</para>
/// <para>An engine that shows what no honest engine can have is set aside with an alarm: nothing more is sent to it or taken from it
/// until <see cref="Adopt"/>. Receipts never ask this book.</para>
/// <para>Safe for concurrent callers. A <see cref="Storage.LogStoreException"/> means that the medium failed; open the book again.</para>
/// </remarks>
public sealed partial class AnchorBook
{
    private const int BlocksReadMax = 1000;

    private readonly IAnchorBookStore _store;
    private readonly AnchorBookOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, Anchor> _newest;
    private readonly Dictionary<(Digest Log, long Size), OwedAnchor> _owed;
    private readonly Dictionary<Digest, OwnLog> _own;
    private readonly List<AnchorAlarm> _alarms;
    private readonly HashSet<string> _contesting = [];
    private readonly HashSet<(long Segment, AnchorAlarmKind Kind, Digest? Log)> _writersAccused = [];
    private AnchorSegment? _segment;
    private AnchorBlock? _lastBlock;
    private EngineIdentity? _answered;
    private BilingualText? _trouble;
    private DateTimeOffset _troubleSince;
    private DateTimeOffset? _adoptedAt;
    private TimeSpan? _lastCatchUp;
    private TaskCompletionSource _changed = NewSignal();

    private AnchorBook(IAnchorBookStore store, AnchorBookOptions options, TimeProvider time, AnchorBookRows rows)
    {
        _store = store;
        _options = options;
        _time = time;
        _segment = rows.Segment;
        _lastBlock = rows.LastBlock;
        _newest = rows.Newest.ToDictionary(anchor => anchor.Log);
        _owed = rows.Owed.ToDictionary(owed => (owed.Anchor.Log, owed.Anchor.Size));
        _own = rows.Own.ToDictionary(own => own.Log);
        _alarms = [.. rows.Alarms];
    }

    /// <summary>Opens the book over its rows, or begins it where there are none.</summary>
    /// <param name="store">Stays the caller's; must outlive the book. Nobody else may write to it.</param>
    /// <param name="time">Spacing, patience and the times on blocks and alarms.</param>
    /// <exception cref="ArgumentException">Options out of range.</exception>
    public static AnchorBook Open(IAnchorBookStore store, AnchorBookOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        return new AnchorBook(store, options, time, store.Load());
    }

    /// <summary>The engine's part of the chain now, or null before the first engine was met.</summary>
    public AnchorSegment? Segment => Read(() => _segment);

    /// <summary>The newest block, or null.</summary>
    public AnchorBlock? LastBlock => Read(() => _lastBlock);

    /// <summary>What is owed, in order of log and size.</summary>
    public IReadOnlyList<OwedAnchor> Owed => Read(() => (IReadOnlyList<OwedAnchor>)[.. _owed.Values.OrderBy(owed => owed.Anchor.Log).ThenBy(owed => owed.Anchor.Size)]);

    /// <summary>The newest alarms, oldest first; at most 1,000 from before this start.</summary>
    public IReadOnlyList<AnchorAlarm> Alarms => Read(() => (IReadOnlyList<AnchorAlarm>)[.. _alarms]);

    /// <summary>How long it took from the last adoption until nothing was owed; null before that, or since this start.</summary>
    public TimeSpan? LastCatchUp => Read(() => _lastCatchUp);

    /// <summary>Completes at the next change of anything here. Take it before reading, wait for it after.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>What the engine last said of itself, believed or not: what an operator looks at before <see cref="Adopt"/>. Null before, and since this start.</summary>
    public EngineIdentity? Answered => Read(() => _answered);

    /// <summary>How the engine does now.</summary>
    public AnchorState State => Read(StateNow);

    /// <summary>
    /// Takes a final checkpoint to be anchored. Returns when it is durable: one sync of the disk, so a caller with many finals a second
    /// brings the newest. A newer size takes the place of one that was never sent; a size not above the newest is known already.
    /// </summary>
    /// <exception cref="ArgumentException">Another digest was owed for this size: two final checkpoints of one size, which this court must never sign.</exception>
    public void Owe(Anchor anchor)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        _ = anchor.Encode();
        lock (_gate)
        {
            var own = _own.GetValueOrDefault(anchor.Log);
            if (own is not null && anchor.Size == own.Newest.Size && anchor != own.Newest)
            {
                throw new ArgumentException($"Another checkpoint of size {anchor.Size} is owed already.", nameof(anchor));
            }

            if (own is null || anchor.Size > own.Newest.Size)
            {
                Commit(OweChange(anchor) with { Own = new OwnLog(anchor.Log, own?.FirstSize ?? anchor.Size, anchor) });
            }
        }
    }

    /// <summary>
    /// Begins a new segment with the engine that answers under this identity, or again with the same one after an alarm: everything newest
    /// of this court is owed again, and so is a link to the last block of the segment before.
    /// </summary>
    /// <param name="identity">The <see cref="EngineIdentity.Value"/> that the operator looked at.</param>
    public void Adopt(string identity)
    {
        ArgumentException.ThrowIfNullOrEmpty(identity);
        lock (_gate)
        {
            Begin(identity);
        }
    }

    /// <summary>Blocks with a serial above <paramref name="after"/>, in order, at most <paramref name="count"/> and 1,000.</summary>
    public IReadOnlyList<AnchorBlock> ReadBlocks(long after, int count) => Read(() => _store.ReadBlocks(after, Math.Min(count, BlocksReadMax)));

    /// <summary>Every block with a serial above <paramref name="after"/>, then each new one as it is written, for ever.</summary>
    public async IAsyncEnumerable<AnchorBlock> FollowBlocksAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Changed;
            var blocks = ReadBlocks(after, BlocksReadMax);
            foreach (var block in blocks)
            {
                yield return block;
                after = block.Serial;
            }

            if (blocks.Count == 0)
            {
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The block that vouches for a size of a log: the smallest anchored size that is not below it; null when there is none.</summary>
    public AnchorBlock? Find(Digest log, long size) => Read(() => _store.FindAnchor(log, size));

    /// <summary>The block with the largest size of a log of this court; null while none is on the chain.</summary>
    /// <remarks>What the chain shows from before this book was begun is not counted: it was never judged.</remarks>
    public AnchorBlock? NewestOf(Digest log) => Read(() =>
        _own.GetValueOrDefault(log) is { } own && _store.FindAnchorUpTo(log, own.Newest.Size) is { } block && block.Anchor.Size >= own.FirstSize ? block : null);

    /// <summary>Whether anything of a log was ever owed: only then can its records on a chain be judged.</summary>
    public bool HasOwed(Digest log) => Read(() => _own.ContainsKey(log));

    /// <summary>
    /// Compares another court's chain with ours. Different raises an alarm; as many different courts as
    /// <see cref="AnchorBookOptions.ContestingCourts"/> say set the engine aside.
    /// </summary>
    /// <param name="court">Who says so, authenticated by the caller.</param>
    /// <param name="head">What it says.</param>
    public HeadComparison Compare(string court, AnchorHead head)
    {
        ArgumentException.ThrowIfNullOrEmpty(court);
        lock (_gate)
        {
            if (_store.FindBlock(head.Segment, head.Number) is not { } block)
            {
                return HeadComparison.Unknown;
            }

            if (block.Hash == head.Hash)
            {
                return HeadComparison.Same;
            }

            Contested(court, head, block);
            return HeadComparison.Different;
        }
    }

    private void Contested(string court, AnchorHead head, AnchorBlock block)
    {
        if (_segment is not { SetAsideBy: null } segment || AnchorBlock.StartOf(segment.Identity) != head.Segment || !_contesting.Add(court))
        {
            return;
        }

        var believed = _contesting.Count >= _options.ContestingCourts;
        var evidence = AnchorSentences.Evidence(segment, ("ours", $"{block.Number} {block.Hash}"), ("theirs", $"{head.Number} {head.Hash}"), ("court", court));
        var alarm = NewAlarm(
            believed ? AnchorAlarmKind.TwoFaces : AnchorAlarmKind.HeadContested, null, AnchorSentences.Contested(court, head.Number, believed), evidence);
        Commit(new AnchorBookChange { Alarm = alarm, Segment = believed ? segment with { SetAsideBy = alarm.Serial } : null });
    }

    private AnchorState StateNow()
    {
        if (_segment?.SetAsideBy is { } serial && _alarms.Find(alarm => alarm.Serial == serial) is { } alarm)
        {
            return new AnchorState(AnchorCondition.SetAside, alarm.RaisedAt, _owed.Count, alarm.Sentence);
        }

        if (_trouble is not null)
        {
            return new AnchorState(AnchorCondition.Unreachable, _troubleSince, _owed.Count, _trouble);
        }

        var since = _owed.Count == 0 ? _time.GetUtcNow() : _owed.Values.Min(owed => owed.Since);
        return _time.GetUtcNow() - since > _options.BehindAfter
            ? new AnchorState(AnchorCondition.Behind, since, _owed.Count, null)
            : new AnchorState(AnchorCondition.Good, null, _owed.Count, null);
    }

    /// <summary>The rows for a new owed anchor: what waits unsent of its log gives way, and the log owes since then.</summary>
    private AnchorBookChange OweChange(Anchor anchor)
    {
        var ofLog = _owed.Values.Where(owed => owed.Anchor.Log == anchor.Log).ToList();
        var since = ofLog.Count == 0 ? _time.GetUtcNow() : ofLog.Min(owed => owed.Since);
        return new AnchorBookChange
        {
            Settled = [.. ofLog.Where(owed => owed.Step == OwedStep.Waiting).Select(owed => owed.Anchor)],
            Owed = [new OwedAnchor(anchor, OwedStep.Waiting, since, ofLog.Max(owed => owed.TriedAt))],
        };
    }

    private void Begin(string identity)
    {
        var old = _segment;
        var start = _options.JoinAt is { } join && join.Identity == identity
            ? new AnchorSegment((old?.Serial ?? 0) + 1, identity, join.Position, join.Number, join.Hash, null)
            : new AnchorSegment((old?.Serial ?? 0) + 1, identity, 0, 0, AnchorBlock.StartOf(identity), null);
        // What was handed over may still appear; what must appear is only what this engine acknowledges from now on.
        var owed = _owed.Values.Select(one => one.Step == OwedStep.Acknowledged ? one with { Step = OwedStep.Tried } : one).ToList();
        var known = owed.Select(one => one.Anchor).ToHashSet();
        var again = _own.Values.Select(own => own.Newest).Concat(LinkTo(old)).Where(anchor => !known.Contains(anchor));
        owed.AddRange(again.Select(anchor => new OwedAnchor(anchor, OwedStep.Waiting, _time.GetUtcNow(), null)));
        Commit(new AnchorBookChange { Segment = start, Owed = owed });
        _newest.Clear();
        _contesting.Clear();
        _trouble = null;
        _adoptedAt = _time.GetUtcNow();
        _lastCatchUp = null;
    }

    /// <summary>An anchor whose log names the segment before and this court, and whose checkpoint is the last block there.</summary>
    private IEnumerable<Anchor> LinkTo(AnchorSegment? old)
    {
        if (old is { Number: > 0 })
        {
            var name = $"cinnabar anchor link\n{AnchorBlock.StartOf(old.Identity)}\n{_options.Origin}\n";
            yield return new Anchor(Digest.Of(Encoding.UTF8.GetBytes(name)), old.Number, old.Hash);
        }
    }

    /// <summary>Durable first, then in memory: what a failed commit did shows after the book is opened again.</summary>
    private void Commit(AnchorBookChange change)
    {
        _store.Commit(change);
        _segment = change.Segment ?? _segment;
        _lastBlock = change.Block ?? _lastBlock;
        if (change.Alarm is { } alarm)
        {
            _alarms.Add(alarm);
        }

        if (change.Own is { } own)
        {
            _own[own.Log] = own;
        }

        foreach (var anchor in change.Settled)
        {
            _owed.Remove((anchor.Log, anchor.Size));
        }

        foreach (var owed in change.Owed)
        {
            _owed[(owed.Anchor.Log, owed.Anchor.Size)] = owed;
        }

        Wake();
    }

    private void Wake() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
