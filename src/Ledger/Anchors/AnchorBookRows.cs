namespace Cinnabar.Ledger.Anchors;

/// <summary>What a book needs to go on after a start.</summary>
/// <param name="Segment">The newest segment, or null when no engine was ever met.</param>
/// <param name="Newest">The largest anchor of each log in that segment.</param>
/// <param name="Owed">Everything owed.</param>
/// <param name="Own">Every log of this court.</param>
/// <param name="Alarms">The newest alarms, at most 1,000, in order of their serials.</param>
/// <param name="LastBlock">The block with the largest serial, or null.</param>
public sealed record AnchorBookRows(
    AnchorSegment? Segment,
    IReadOnlyList<Anchor> Newest,
    IReadOnlyList<OwedAnchor> Owed,
    IReadOnlyList<OwnLog> Own,
    IReadOnlyList<AnchorAlarm> Alarms,
    AnchorBlock? LastBlock);
