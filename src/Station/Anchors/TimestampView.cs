namespace Cinnabar.Station.Anchors;

/// <summary>One day's timestamp.</summary>
/// <param name="Authority">Subject of the authority's certificate.</param>
/// <param name="At">When the authority saw it, on its own clock.</param>
/// <param name="Imprint">What it saw: a block's hash, or SHA-256 of a final head's note text.</param>
internal sealed record TimestampView(DateOnly Day, string Authority, DateTimeOffset At, string Imprint);
