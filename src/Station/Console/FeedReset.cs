namespace Cinnabar.Station.Console;

/// <summary>What was missed cannot be told: read everything again. It says nothing else.</summary>
internal sealed record FeedReset;
