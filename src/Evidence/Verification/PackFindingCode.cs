namespace Cinnabar.Evidence.Verification;

/// <summary>What a <see cref="PackFinding"/> tells. Numbers are stable and never reused.</summary>
public enum PackFindingCode
{
    /// <summary>No roster was pinned: the pack says itself which court it is from.</summary>
    RosterSelfDeclared = 1,

    /// <summary>Statements of a device's chain are not in the pack.</summary>
    ChainGap = 2,

    /// <summary>A device's clock went back by more than <see cref="DeviceClock.ReorderingMsMax"/> between its statements.</summary>
    ClockWentBack = 3,

    /// <summary>Data that a statement vouches for is not in the pack.</summary>
    DataNotIncluded = 4,

    /// <summary>Fragments are missing between those of a clip.</summary>
    ClipGap = 5,

    /// <summary>Statements of kinds that this program does not know.</summary>
    KindUnknown = 6,

    /// <summary>No other court vouches for the log.</summary>
    StandsAlone = 7,

    /// <summary>Of the courts that vouch, the verifier knows fewer than make an entry final.</summary>
    VouchersUnknown = 8,

    /// <summary>Only the pack says that the anchor chain has the block.</summary>
    AnchorSelfDeclared = 9,
}
