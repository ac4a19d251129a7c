using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger;

/// <summary>One court's append-only log: the only writer of its store, and the reader everybody else asks.</summary>
/// <remarks>
/// <para>An append is answered when its entry is on disk under a checkpoint that is signed and on disk itself. Entries enter in the order
/// in which <see cref="AppendAsync"/> was called. The log never signs a smaller or different head than before, also after a crash at any point.</para>
/// <para>Whatever goes wrong in writing stops the writer for good: <see cref="Health"/> says why, appends are answered
/// <see cref="AppendStatus.Stopped"/>, readers go on. A new start over the same store recovers by itself, or says why it cannot.</para>
/// <para>Safe for concurrent callers. The life of an entry, step by step: src/Ledger.Sqlite/README.md.</para>
/// </remarks>
public sealed partial class CourtLog : IAsyncDisposable
{
    private readonly ILogStore _store;
    private readonly CourtLogIdentity _identity;
    private readonly EntryPolicy _policy;
    private readonly CourtLogOptions _options;
    private readonly TimeProvider _time;
    private readonly AppendQueue _queue;
    private readonly TileReader _tiles;
    private readonly TaskCompletionSource<LogHealth> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Thread> _threads = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PublishedHead _published;
    private LogHealth _health = LogHealth.Good;
    private readonly Lock _signedRootGate = new();
    private SignedRoot? _signedRoot;

    private CourtLog(ILogStore store, CourtLogIdentity identity, EntryPolicy policy, CourtLogOptions options, TimeProvider time)
    {
        _store = store;
        _identity = identity;
        _policy = policy;
        _options = options;
        _time = time;
        _queue = new AppendQueue(options, time);
        _tiles = new TileReader(store);
        Tiles = new StoreTileSource(store);
        _published = new PublishedHead(new LogHead(0, Evidence.Merkle.TreeHash.OfEmptyTree, default), null);
    }

    /// <summary>The log's name.</summary>
    public string Origin => _identity.Signer.Origin;

    /// <summary>Whether the log writes, and if not, why.</summary>
    public LogHealth Health => Volatile.Read(ref _health);

    /// <summary>Completes when the writer stops, with the reason; at once where the log could not be opened for writing.</summary>
    public Task<LogHealth> Stopped => _stopped.Task;

    /// <summary>The log by the paths of C2SP tlog-tiles, up to its signed head.</summary>
    public ITileSource Tiles { get; }

    /// <summary>Opens the log in a store, or creates it there with its genesis entry, and starts its threads.</summary>
    /// <param name="store">Stays the caller's; must outlive the log. Nobody else may write to it.</param>
    /// <param name="identity">Name, key, genesis entry, receipts, rules.</param>
    /// <param name="policy">Decides what may enter.</param>
    /// <param name="options">Limits; read once.</param>
    /// <param name="time">The clock of the batch window.</param>
    /// <returns>A log that writes, or one that only reads and says why in <see cref="Health"/>: nothing the store does throws here.</returns>
    /// <exception cref="ArgumentException">Options out of range, headers without rules, or a genesis entry that is empty or too long.</exception>
    public static CourtLog Open(ILogStore store, CourtLogIdentity identity, EntryPolicy policy, CourtLogOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        if (identity.Headers is not null && identity.Rules is null)
        {
            throw new ArgumentException("Headers need rules.", nameof(identity));
        }
        if (identity.Genesis.Length is 0 or > CourtLogOptions.EntryLengthMax)
        {
            throw new ArgumentException("The genesis entry has 1 to 65,535 bytes.", nameof(identity));
        }
        var log = new CourtLog(store, identity, policy, options, time);
        log.Start();
        return log;
    }

    /// <summary>Appends one entry and waits until it is durable under a signed checkpoint, or until it is clear that it will not be.</summary>
    /// <param name="entry">1 to 65,535 bytes. Not copied: must not be changed afterwards.</param>
    /// <param name="cancellationToken">Ends the waiting, not the appending: append again to learn what became of it.</param>
    /// <returns>See <see cref="AppendStatus"/>. The same bytes never enter twice: the second append gets the index of the first.</returns>
    /// <remarks>In a log with rules an entry that nobody verified is verified when it gets its place, by the one thread that writes.</remarks>
    /// <exception cref="Exception">What the policy threw.</exception>
    public ValueTask<AppendResult> AppendAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellationToken)
    {
        if (entry.Length is 0 or > CourtLogOptions.EntryLengthMax)
        {
            return new(AppendResult.Without(entry.IsEmpty ? AppendStatus.Empty : AppendStatus.TooLong));
        }
        return Enqueue(new PendingEntry(entry, _time.GetTimestamp()), cancellationToken);
    }

    /// <summary>The same for a statement whose signature was checked, so that the log's rules need not check it again.</summary>
    /// <inheritdoc cref="AppendAsync"/>
    public ValueTask<AppendResult> AppendVerifiedAsync(VerifiedStatement statement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return Enqueue(new PendingEntry(statement.Statement.Bytes, _time.GetTimestamp()) { Verified = statement }, cancellationToken);
    }

    /// <summary>Takes no more appends, finishes those in the queue, and ends the threads.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _stopped.Task.ConfigureAwait(false);
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private ValueTask<AppendResult> Enqueue(PendingEntry pending, CancellationToken cancellationToken) =>
        _queue.TryAdd(pending, out var why)
            ? new(pending.Task.WaitAsync(cancellationToken))
            : new(AppendResult.Without(why));

    private void Start()
    {
        var sequencer = new Sequencer(_store, _identity, _options.TestingOnlyAfterStep);
        try
        {
            Publish(sequencer.Open());
        }
        catch (LogStop stop)
        {
            OpenForReading(stop.Health);
            return;
        }
        catch (LogStoreException exception)
        {
            OpenForReading(LogStop.From(exception).Health);
            return;
        }
        _threads.Add(new Thread(() => WriteLoop(sequencer)) { Name = "ledger-writer", IsBackground = true });
        for (var i = 0; i < _options.CheckThreads; i++)
        {
            _threads.Add(new Thread(CheckLoop) { Name = $"ledger-check-{i}", IsBackground = true });
        }
        _threads.ForEach(thread => thread.Start());
    }

    /// <summary>Readers get what was signed last, as it stands; whether it holds is fsck's to say.</summary>
    private void OpenForReading(LogHealth health)
    {
        try
        {
            if (_store.ReadLastCheckpoint() is { } note
                && SignedNote.TryParse(note, out var parsed)
                && Checkpoint.TryParse(parsed.Text, out var checkpoint))
            {
                Publish(new PublishedHead(new LogHead(checkpoint.Size, checkpoint.Root, note), null));
            }
        }
        catch (LogStoreException)
        {
            // The reason why the log was not opened stands in its health already; there is nothing to read.
        }
        Stop(health, []);
    }
}
