namespace Cinnabar.Station.Console;

/// <summary>The court log at a glance; docs/formats/api.md.</summary>
/// <param name="LogKey">Verifier key of the checkpoint, C2SP signed-note.</param>
/// <param name="States">How many entries have come so far: sequenced, final, anchored.</param>
/// <param name="StandsAlone">Whether nobody but this court vouches for what is final.</param>
internal sealed record LogSummary(
    string Origin, long Size, string Root, string Checkpoint, string LogKey, string Health, IReadOnlyDictionary<string, long> States, bool StandsAlone);
