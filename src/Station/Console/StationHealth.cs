using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Console;

/// <summary>How the station is.</summary>
/// <param name="Status">good, degraded or failed: that of the part that does worst.</param>
/// <param name="Parts">"ok" or a sentence, by name of the part.</param>
internal sealed record StationHealth(HealthLevel Status, IReadOnlyDictionary<string, string> Parts)
{
    public static StationHealth Of(HealthBoard board)
    {
        var parts = board.Parts;
        return new StationHealth(parts.Select(p => p.Level).DefaultIfEmpty(HealthLevel.Good).Max(), parts.ToDictionary(p => p.Part, p => p.Sentence));
    }
}
