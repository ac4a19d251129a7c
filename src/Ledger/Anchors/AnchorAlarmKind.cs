namespace Cinnabar.Ledger.Anchors;

/// <summary>What is wrong on the anchor chain. Numbers are stable and never reused; below 100 the engine is to blame and set aside.</summary>
public enum AnchorAlarmKind
{
    /// <summary>Another engine answers under the same address: wiped, restored, or the wrong one.</summary>
    IdentityChanged = 10,

    /// <summary>The engine is behind a position that it has shown.</summary>
    WentBack = 11,

    /// <summary>A place was shown that does not come after the one before.</summary>
    OutOfOrder = 12,

    /// <summary>An anchor of this court that the engine called durable does not appear.</summary>
    OwnAnchorMissing = 13,

    /// <summary>A record for this court's own log that this court never anchored, or anchored once and is shown twice.</summary>
    OwnLogMisstated = 14,

    /// <summary>The engine's answer shows that a record was changed or removed.</summary>
    RecordTampered = 15,

    /// <summary>More logs than courts can have.</summary>
    Flooded = 16,

    /// <summary>Several courts saw other blocks than this one under the same engine.</summary>
    TwoFaces = 17,

    /// <summary>One court says that it saw another block. It or the engine lies; the engine stays until more courts say so.</summary>
    HeadContested = 100,

    /// <summary>A record that is no anchor. Its writer is to blame.</summary>
    RecordMalformed = 101,

    /// <summary>Another court's log shrank or repeated itself on the chain. Its writer is to blame.</summary>
    LogWentBack = 102,

    /// <summary>Two digests for one size of another court's log.</summary>
    LogForked = 103,
}
