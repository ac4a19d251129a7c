using Cinnabar.Evidence;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>A store that calls a test at each step around a commit and before each reading, which may kill the process or throw what a disk throws.</summary>
internal sealed class SteppedStore(ILogStore store, Action<string> at) : ILogStore
{
    /// <summary>Before the commit, when everything is made; behind it; behind the reading of what was written; before any other reading.</summary>
    public const string Signed = "Signed", Stored = "Stored", ReadBack = "ReadBack", Reading = "Reading";

    public void Append(LogCommit commit)
    {
        at(Signed);
        store.Append(commit);
        at(Stored);
    }

    public IReadOnlyList<byte[]> ReadEntries(long first, int count)
    {
        var entries = store.ReadEntries(first, count);
        at(ReadBack);
        return entries;
    }

    public void SaveCheckpoint(long size, ReadOnlyMemory<byte> note) => store.SaveCheckpoint(size, note);

    public void Tidy() => store.Tidy();

    public StoredHead? ReadHead() => Read(store.ReadHead);

    public byte[]? ReadEntry(long index) => Read(() => store.ReadEntry(index));

    public long? FindEntry(Digest id) => Read(() => store.FindEntry(id));

    public byte[]? ReadTile(int level, long index) => Read(() => store.ReadTile(level, index));

    public byte[]? ReadCheckpoint(long size) => Read(() => store.ReadCheckpoint(size));

    public byte[]? ReadLastCheckpoint() => Read(store.ReadLastCheckpoint);

    public byte[]? ReadCheckpointUpTo(long size) => Read(() => store.ReadCheckpointUpTo(size));

    public IReadOnlyList<long> ReadMarks() => Read(store.ReadMarks);

    public void Dispose() => store.Dispose();

    private T Read<T>(Func<T> read)
    {
        at(Reading);
        return read();
    }
}
