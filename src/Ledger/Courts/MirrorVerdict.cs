namespace Cinnabar.Ledger.Courts;

/// <summary>What a mirror answers to a push. Numbers are stable and never reused.</summary>
/// <remarks>Source: docs/formats/court-link.md, section 3.</remarks>
public enum MirrorVerdict
{
    /// <summary>It holds the head, and vouches for it.</summary>
    Cosigned = 0,

    /// <summary>It holds the head, and does not vouch yet; the sentence says for what it waits.</summary>
    Held = 1,

    /// <summary>It holds another size than the push goes on from; the answer names it.</summary>
    OtherSize = 2,

    /// <summary>Not a push, or too large.</summary>
    Malformed = 10,

    /// <summary>No log of the epoch, or not signed by its owner.</summary>
    NotTheOwners = 20,

    /// <summary>The owner signed two histories: nothing of this log is vouched for any more.</summary>
    Frozen = 30,

    /// <summary>This court has sealed the log in this epoch and keeps its promise.</summary>
    Sealed = 31,

    /// <summary>An entry breaks a rule.</summary>
    EntryRefused = 40,

    /// <summary>The entries are not those under the head.</summary>
    RootMismatch = 50,

    /// <summary>This court's own disk failed: it vouches for nothing until it was opened again.</summary>
    Halted = 90,
}
