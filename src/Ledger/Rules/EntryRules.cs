using System.Runtime.ExceptionServices;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Ledger.Rules;

/// <summary>
/// The rules of a court's log: the owner refuses by them what is offered, and every mirror checks by them what the owner has put there,
/// so that an honest owner's entries are never refused.
/// </summary>
/// <remarks>
/// For one log. One caller at a time, except <see cref="LastHeader"/>; has no clock, and threads only within a call. Gaps in the chain of
/// a device are no fault: the log records them. Rules and their order: <see cref="EntryFault"/>; source: docs/design/ledger.md.
/// </remarks>
public sealed class EntryRules : IDisposable
{
    private const int RestoredAtOnce = 1024;

    // Below, handing the work to other threads costs more than it gains.
    private const int ParallelFrom = 8;

    private readonly RuleState _state;

    /// <summary>The rules of a log of which nothing is known yet.</summary>
    /// <param name="governance">Null for a court that stands alone, whose log has no batch headers.</param>
    public EntryRules(GovernanceLog? governance) => _state = new RuleState(governance);

    /// <summary>The newest batch header taken in; null before the first.</summary>
    public BatchHeader? LastHeader => _state.LastHeader;

    /// <summary>The governance log that the rules follow, or null.</summary>
    public GovernanceLog? Governance => _state.Governance;

    /// <summary>Takes in, at a start, what the log holds already.</summary>
    /// <param name="marked">From <see cref="MarkedEntries.Read"/>; entries that nothing is judged by may stand among them.</param>
    /// <exception cref="FormatException">They break a rule themselves or are out of order; the rules must not be used.</exception>
    /// <exception cref="InvalidOperationException">The rules know something of the log already.</exception>
    public void Restore(IEnumerable<SequencedEntry> marked)
    {
        ArgumentNullException.ThrowIfNull(marked);
        if (_state.Version > 0)
        {
            throw new InvalidOperationException("Rules are restored before anything else.");
        }

        var next = 0L;
        foreach (var entries in marked.Chunk(RestoredAtOnce))
        {
            foreach (var entry in entries)
            {
                next = entry.Index >= next ? entry.Index + 1 : throw new FormatException($"Entry {entry.Index} comes after entry {next - 1}.");
            }

            var ruled = Judge(entries, long.MaxValue, static _ => null, onlyMarked: true);
            Take(ruled.Fault is null ? ruled : throw new FormatException($"Entry {ruled.Fault.Index}: {ruled.Fault.Sentence}"));
        }
    }

    /// <summary>Checks entries that follow each other, as if they stood behind what was taken in so far. Changes nothing.</summary>
    /// <param name="first">Position of the first; 0 only for a log that begins with these entries.</param>
    /// <param name="entries">Untrusted. Not kept.</param>
    /// <param name="latestMs">A batch header may not be dated later: as a rule the reader's clock plus <see cref="Epoch.ClockMsMax"/>.</param>
    /// <param name="find">
    /// Position of an entry of the log by its SHA-256, or null; positions from <paramref name="first"/> on do not count.
    /// Called by several threads at once. What it throws comes out of here.
    /// </param>
    public RuledEntries Rule(long first, IReadOnlyList<ReadOnlyMemory<byte>> entries, long latestMs, Func<Digest, long?> find)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(find);
        return Judge(
            [.. entries.Select((bytes, i) => new SequencedEntry(first + i, bytes))], latestMs, id => find(id) is { } at && at < first ? at : null, onlyMarked: false);
    }

    /// <summary>Takes in entries that are good and durable.</summary>
    /// <exception cref="InvalidOperationException">They are not good, or something else was taken in since they were ruled.</exception>
    public void Take(RuledEntries ruled)
    {
        ArgumentNullException.ThrowIfNull(ruled);
        Take(ruled.Draft ?? throw new InvalidOperationException("Entries with a fault are not taken in."));
    }

    /// <summary>Lets go of the keys.</summary>
    public void Dispose() => _state.Dispose();

    /// <summary>For who judges entries one by one, because each one's place depends on the answer.</summary>
    internal RuleDraft Begin() => new(_state);

    internal void Take(RuleDraft draft) => _state.Take(draft);

    internal static EntryFault? CheckSignature(Statement statement, long index, VouchedKey signer)
    {
        var verdict = statement.Check(signer.Ready);
        return verdict == StatementVerdict.Valid
            ? null
            : new EntryFault(index, EntryFault.Signature, $"The signature of {statement.Issuer} is wrong: {verdict} ({(int)verdict}).");
    }

    internal static (PreparedEntry? Entry, EntryFault? Fault) Prepare(SequencedEntry entry, bool onlyMarked)
    {
        var verdict = Statement.TryParse(entry.Bytes.Span, out var statement, out var detail);
        return verdict != StatementVerdict.Valid ? (null, new EntryFault(entry.Index, EntryFault.Form, $"{verdict} ({(int)verdict}): {detail}"))
            : onlyMarked && !VouchedKey.IsMarked(statement!.Kind) ? (null, null)
            : (new PreparedEntry(statement!), null);
    }

    private static EntryFault? CheckNewAndSigned(Statement statement, long index, VouchedKey signer, Func<Digest, long?> find) =>
        find(statement.Hash) is not null ? RuleDraft.Twice(index, statement.Hash) : CheckSignature(statement, index, signer);

    private RuledEntries Judge(SequencedEntry[] entries, long latestMs, Func<Digest, long?> find, bool onlyMarked)
    {
        // 1. What each entry says by itself.
        var faults = new EntryFault?[entries.Length];
        var prepared = new PreparedEntry?[entries.Length];
        Each(entries.Length, i => (prepared[i], faults[i]) = Prepare(entries[i], onlyMarked));

        // 2. What each may say after those before it, up to the first fault.
        var draft = Begin();
        var signers = new VouchedKey?[entries.Length];
        var judged = 0;
        for (; judged < entries.Length && faults[judged] is null; judged++)
        {
            if (prepared[judged] is { } entry)
            {
                faults[judged] = draft.Judge(entry, entries[judged].Index, latestMs, out signers[judged]);
                if (faults[judged] is not null)
                {
                    break;
                }

                draft.Admit(entry, entries[judged].Index);
            }
        }

        // 3. Whether it is new, and said by whom it says.
        Each(judged, i => faults[i] = prepared[i] is { } entry ? CheckNewAndSigned(entry.Statement, entries[i].Index, signers[i]!, find) : null);
        var fault = faults.Take(judged + 1).FirstOrDefault(f => f is not null);
        return new RuledEntries(
            entries.Length > 0 ? entries[0].Index : 0, entries.Length, fault, fault is null ? draft.Marks : [], fault is null ? draft.LastHeader : LastHeader)
        {
            BeginsWithHeader = entries.Length > 0 && prepared[0]?.Header is not null, Draft = fault is null ? draft : null,
        };
    }

    private static void Each(int count, Action<int> work)
    {
        if (count < ParallelFrom)
        {
            for (var i = 0; i < count; i++)
            {
                work(i);
            }
        }
        else
        {
            try
            {
                Parallel.For(0, count, work);
            }
            catch (AggregateException failed)
            {
                // The caller's own exception, such as a store's, and not that it was met on another thread.
                ExceptionDispatchInfo.Throw(failed.InnerExceptions[0]);
            }
        }
    }
}
