namespace Cinnabar.Ledger;

/// <summary>The answer to one append.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Index">The entry's index from 0, or −1 when it has none.</param>
/// <param name="TreeSize">Size of a signed checkpoint that covers the entry, or 0 when there is none.</param>
/// <param name="Refusal">Why not; only with <see cref="AppendStatus.Refused"/>.</param>
public readonly record struct AppendResult(AppendStatus Status, long Index, long TreeSize, EntryRefusal? Refusal)
{
    /// <summary>True when the entry is durable in the log, now or before.</summary>
    public bool IsSequenced => Status is AppendStatus.Sequenced or AppendStatus.AlreadySequenced;

    /// <summary>True when the same append may succeed later without anything being changed about the entry.</summary>
    public bool IsTransient => Status is AppendStatus.Busy or AppendStatus.Stopped;

    internal static AppendResult Without(AppendStatus status, EntryRefusal? refusal = null) => new(status, -1, 0, refusal);
}
