namespace Cinnabar.Station.Console;

/// <summary>The stream lives.</summary>
/// <param name="At">Clock of the station.</param>
internal sealed record Tick(DateTimeOffset At);
