namespace Cinnabar.Ledger;

/// <summary>What became of an append. Numbers are stable and never reused.</summary>
public enum AppendStatus
{
    /// <summary>Durable under a signed checkpoint at <see cref="AppendResult.Index"/>.</summary>
    Sequenced = 0,

    /// <summary>The same bytes are in the log already, at <see cref="AppendResult.Index"/>; nothing was added.</summary>
    AlreadySequenced = 1,

    /// <summary>No bytes at all.</summary>
    Empty = 10,

    /// <summary>Longer than <see cref="CourtLogOptions.EntryLengthMax"/>.</summary>
    TooLong = 11,

    /// <summary>The policy or the rules of the log said no, see <see cref="AppendResult.Refusal"/>.</summary>
    Refused = 12,

    /// <summary>The queue is full. Nothing was done; try again later.</summary>
    Busy = 20,

    /// <summary>
    /// The writer has stopped, see <see cref="CourtLog.Health"/>. The entry was not acknowledged; whether it is on disk shows
    /// after a restart, and appending it again is then safe.
    /// </summary>
    Stopped = 30,
}
