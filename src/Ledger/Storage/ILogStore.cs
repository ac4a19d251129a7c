using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Storage;

/// <summary>Keeps one log: entries, tiles, the head, signed checkpoints.</summary>
/// <remarks>
/// <para><b>Durability.</b> <see cref="Append"/> and <see cref="SaveCheckpoint"/> return only when what they wrote survives the loss
/// of power. What they threw at may or may not be there after the store is opened again; the caller looks.</para>
/// <para><b>Atomicity.</b> All of one <see cref="LogCommit"/> is there or nothing of it, for every reader and after every crash.</para>
/// <para><b>Threading.</b> One caller at a time for the three writing methods; any number of readers beside it, from any thread.
/// Readers see what is committed, also what is not signed yet: what may be shown is the log's business.</para>
/// <para><b>Buffers.</b> Nothing passed in is kept after a method returns; arrays handed out may be shared and must not be changed.</para>
/// <para><b>Errors.</b> <see cref="LogStoreException"/> for everything the medium does; after one from a writing method
/// the caller writes no more through this instance.</para>
/// </remarks>
public interface ILogStore : IDisposable
{
    /// <summary>The committed head, which is also the intent: no other head may ever be signed. Null before the first commit.</summary>
    /// <exception cref="LogStoreException">It cannot be read.</exception>
    StoredHead? ReadHead();

    /// <summary>Adds entries at the end, replaces or adds tiles, replaces the head.</summary>
    /// <exception cref="LogStoreException">
    /// <see cref="LogStoreFailure.Conflict"/> when the stored size is not <see cref="LogCommit.OldSize"/>: somebody else wrote. Otherwise the medium failed.
    /// </exception>
    void Append(LogCommit commit);

    /// <summary>Keeps a signed checkpoint under its size; replaces one of the same size.</summary>
    /// <exception cref="LogStoreException">The medium failed.</exception>
    void SaveCheckpoint(long size, ReadOnlyMemory<byte> note);

    /// <summary>Housekeeping between two commits, when nobody waits.</summary>
    /// <exception cref="LogStoreException">The medium failed.</exception>
    void Tidy();

    /// <summary>The entry at an index, or null when there is none.</summary>
    byte[]? ReadEntry(long index);

    /// <summary>The entries from <paramref name="first"/> on without a gap, at most <paramref name="count"/>; fewer where the log ends.</summary>
    IReadOnlyList<byte[]> ReadEntries(long first, int count);

    /// <summary>The index of the entry whose bytes have this SHA-256, or null.</summary>
    long? FindEntry(Digest id);

    /// <summary>The hashes of a tile, 32 bytes each, as many as are stored; null when none are.</summary>
    byte[]? ReadTile(int level, long index);

    /// <summary>The signed checkpoint of exactly this size, or null.</summary>
    byte[]? ReadCheckpoint(long size);

    /// <summary>The signed checkpoint of the largest size, or null.</summary>
    byte[]? ReadLastCheckpoint();

    /// <summary>The signed checkpoint of the largest size up to and with <paramref name="size"/>, or null.</summary>
    byte[]? ReadCheckpointUpTo(long size);

    /// <summary>The marked positions in ascending order; see <see cref="LogCommit.Marks"/>.</summary>
    IReadOnlyList<long> ReadMarks();
}
