using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Rules;

/// <summary>What a store holds for <see cref="EntryRules.Restore"/>.</summary>
public static class MarkedEntries
{
    private const int ReadAtOnce = 1024;
    private const int LookBackAtOnce = 256;

    /// <summary>The marked entries and the newest batch header, in the order of the log.</summary>
    /// <param name="store">Marked by <see cref="RuledEntries.Marks"/>. Where marks begin only somewhere in the log, all before them is given.</param>
    /// <param name="size">Entries from here on are left out.</param>
    /// <exception cref="LogStoreException">The store cannot be read, or a marked entry is not there.</exception>
    public static IEnumerable<SequencedEntry> Read(ILogStore store, long size)
    {
        ArgumentNullException.ThrowIfNull(store);
        var marks = store.ReadMarks().Where(mark => mark < size).ToArray();

        // Genesis is the first mark; a log that was begun before there were marks has none there.
        var unmarked = marks is [] ? size : marks[0];
        for (var first = 0L; first < unmarked; first += ReadAtOnce)
        {
            var count = (int)Math.Min(ReadAtOnce, unmarked - first);
            var entries = store.ReadEntries(first, count);
            for (var i = 0; i < count; i++)
            {
                yield return i < entries.Count ? new SequencedEntry(first + i, entries[i]) : throw Missing(first + i);
            }
        }

        var marked = marks.Select(mark => new SequencedEntry(mark, store.ReadEntry(mark) ?? throw Missing(mark))).ToList();
        if (NewestHeader(store, marked, size) is { } header)
        {
            marked.Insert(marked.FindLastIndex(entry => entry.Index < header.Index) + 1, header);
        }

        foreach (var entry in marked)
        {
            yield return entry;
        }
    }

    /// <summary>
    /// The newest header where it is not itself marked. Looked for from the end: an owner begins every batch with one, so that it is near;
    /// and never before the newest marked one, which no log without headers has.
    /// </summary>
    private static SequencedEntry? NewestHeader(ILogStore store, List<SequencedEntry> marked, long size)
    {
        var newestMarked = marked.FindLastIndex(entry => IsHeader(entry.Bytes.Span));
        if (newestMarked < 0)
        {
            return null;
        }

        var after = marked[newestMarked].Index + 1;
        for (var end = size; end > after;)
        {
            var first = Math.Max(after, end - LookBackAtOnce);
            var entries = store.ReadEntries(first, (int)(end - first));
            for (var i = entries.Count - 1; i >= 0; i--)
            {
                if (IsHeader(entries[i]))
                {
                    return new SequencedEntry(first + i, entries[i]);
                }
            }

            end = first;
        }

        return null;
    }

    private static bool IsHeader(ReadOnlySpan<byte> entry) =>
        Statement.TryParse(entry, out var statement, out _) == StatementVerdict.Valid && statement!.Kind == BatchHeader.Kind;

    private static LogStoreException Missing(long index) => new(LogStoreFailure.Corrupt, $"Entry {index} is not there, though it is marked or below the head.");
}
