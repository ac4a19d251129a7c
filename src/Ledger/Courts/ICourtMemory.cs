namespace Cinnabar.Ledger.Courts;

/// <summary>What a court must not forget beside the logs it holds: evidence of forks, promises to vouch no more, the newest final heads.</summary>
/// <remarks>
/// Each writing method returns only when what it wrote survives the loss of power. Safe for concurrent callers. Errors:
/// <see cref="Storage.LogStoreException"/> for everything the medium does.
/// </remarks>
public interface ICourtMemory : IDisposable
{
    /// <summary>All evidence files of a log, the oldest first.</summary>
    IReadOnlyList<KeptEvidence> ReadEvidence(string origin);

    /// <summary>Keeps an evidence file; one that is there stays as it was.</summary>
    void SaveEvidence(string origin, KeptEvidence evidence);

    /// <summary>The promise not to vouch for a log in an epoch any more, or null.</summary>
    byte[]? ReadSeal(string origin, long epoch);

    /// <summary>Keeps the promise; one that is there stays as it was.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="epoch">Number of the epoch.</param>
    /// <param name="statement">The signed <c>log.sealed</c>.</param>
    void SaveSeal(string origin, long epoch, ReadOnlyMemory<byte> statement);

    /// <summary>The newest final note of a log that was kept, or null.</summary>
    byte[]? ReadFinal(string origin);

    /// <summary>Keeps the newest final note of a log in the place of the one before.</summary>
    void SaveFinal(string origin, ReadOnlyMemory<byte> note);
}
