namespace Cinnabar.Ledger;

/// <summary>Why a log does not write. Numbers are stable and never reused.</summary>
public enum LogStopReason
{
    /// <summary>It writes.</summary>
    None = 0,

    /// <summary>It was closed in good order.</summary>
    Closed = 1,

    /// <summary>What is stored does not agree with itself or with what was signed. A restart will not help: run fsck, then open a successor log.</summary>
    HeadMismatch = 10,

    /// <summary>The log's first entry is not the genesis entry it was opened with.</summary>
    GenesisMismatch = 11,

    /// <summary>Entries of the log, or the header that the next batch would begin with, break its rules. Run fsck; look whether the governance log is this court's.</summary>
    RulesBroken = 12,

    /// <summary>No room on the disk. Make room and restart.</summary>
    StoreFull = 20,

    /// <summary>The disk or database answered with an error. Look at the disk and restart.</summary>
    StoreFailed = 21,

    /// <summary>Another writer has written to the same store.</summary>
    StoreConflict = 22,

    /// <summary>The log's key could not sign. Entries are durable but not acknowledged; a restart signs the head.</summary>
    SignerFailed = 30,
}
