using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests.Anchors;

/// <summary>A store whose program dies at one commit, before or after it is durable.</summary>
internal sealed class CrashingBookStore(IAnchorBookStore store, int atCommit, bool afterIt) : IAnchorBookStore
{
    private int _commits;

    public void Commit(AnchorBookChange change)
    {
        var here = ++_commits;
        if (here >= atCommit && !(here == atCommit && afterIt))
        {
            throw new LogStoreException(LogStoreFailure.Io, "dead");
        }

        store.Commit(change);
        if (here == atCommit)
        {
            throw new LogStoreException(LogStoreFailure.Io, "dead");
        }
    }

    public AnchorBookRows Load() => store.Load();

    public IReadOnlyList<AnchorBlock> ReadBlocks(long after, int count) => store.ReadBlocks(after, count);

    public AnchorBlock? FindBlock(Digest segment, long number) => store.FindBlock(segment, number);

    public AnchorBlock? FindAnchor(Digest log, long size) => store.FindAnchor(log, size);

    public AnchorBlock? FindAnchorUpTo(Digest log, long size) => store.FindAnchorUpTo(log, size);

    public void Dispose() => store.Dispose();
}
