namespace Cinnabar.Station.Anchors;

/// <summary>One block of the anchor chain: one log's final head, bound to everything before it.</summary>
/// <param name="Serial">This court's own number over all engines, from 1.</param>
/// <param name="Height">Number in its segment, from 1.</param>
/// <param name="Segment">Which chain: another engine, or one that was adopted anew, begins another one.</param>
/// <param name="At">When this court saw it.</param>
/// <param name="Log">SHA-256 of the log's origin.</param>
/// <param name="Code">Code of the log's owner; absent for a log that this court does not know.</param>
/// <param name="IsOwn">Whether the log is this court's.</param>
/// <param name="Size">Entries under the head.</param>
/// <param name="Checkpoint">SHA-256 of the head's note text.</param>
/// <param name="Reference">The engine's own words for looking it up.</param>
internal sealed record AnchorBlockView(
    long Serial, long Height, string Segment, string Hash, DateTimeOffset At, string Log, string? Code, string? Origin, bool IsOwn, long Size, string Checkpoint,
    string Reference);
