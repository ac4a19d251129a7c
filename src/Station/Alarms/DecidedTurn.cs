namespace Cinnabar.Station.Alarms;

/// <summary>A turn with what it does to the outbox, ready to be written.</summary>
internal sealed record DecidedTurn(AlarmsTurn Turn, IReadOnlyList<WarningResult> Results, IReadOnlyList<string> Dropped);
