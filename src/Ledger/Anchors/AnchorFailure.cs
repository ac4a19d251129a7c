namespace Cinnabar.Ledger.Anchors;

/// <summary>What kind of thing went wrong with an engine. Numbers are stable and never reused.</summary>
public enum AnchorFailure
{
    /// <summary>No answer, or not in time. Trying again may help; whether an append was done is unknown.</summary>
    Unreachable = 0,

    /// <summary>It answered no: wrong password or certificate, no right, not set up. Somebody must act; trying again is harmless.</summary>
    Refused = 1,

    /// <summary>It showed something that an honest engine cannot have: a record changed or removed, an answer against its own order.</summary>
    Lied = 2,

    /// <summary>It holds a larger size of this log, or another digest at this size. Nothing was appended; following it shows which.</summary>
    Stale = 3,
}
