namespace Cinnabar.Seal.Outbox;

/// <summary>What the media lane draws from, and what it yields to.</summary>
internal sealed record MediaSources(StatementWindow Statements, PictureStore Pictures, RecordedVideo Recorded);
