using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>Keeps the rows of one court's <see cref="AnchorBook"/>.</summary>
/// <remarks>
/// <para><b>Durability.</b> <see cref="Commit"/> returns only when its change survives the loss of power, all of it or nothing.</para>
/// <para><b>Threading.</b> The book makes one call at a time.</para>
/// <para><b>Errors.</b> <see cref="Storage.LogStoreException"/> for everything the medium does.</para>
/// </remarks>
public interface IAnchorBookStore : IDisposable
{
    /// <summary>Everything needed to go on.</summary>
    AnchorBookRows Load();

    /// <summary>Makes a change durable.</summary>
    void Commit(AnchorBookChange change);

    /// <summary>Blocks with a serial above <paramref name="after"/> in order, at most <paramref name="count"/>.</summary>
    IReadOnlyList<AnchorBlock> ReadBlocks(long after, int count);

    /// <summary>The block of a number in a chain, from the newest segment that has it; null when none has.</summary>
    AnchorBlock? FindBlock(Digest segment, long number);

    /// <summary>The block with the smallest size of a log that is at least <paramref name="size"/>, of all segments; null when there is none.</summary>
    AnchorBlock? FindAnchor(Digest log, long size);

    /// <summary>The block with the largest size of a log that is at most <paramref name="size"/>, of all segments; null when there is none.</summary>
    AnchorBlock? FindAnchorUpTo(Digest log, long size);
}
