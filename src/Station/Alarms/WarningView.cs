namespace Cinnabar.Station.Alarms;

/// <summary>One warning to one recipient; docs/formats/api.md.</summary>
/// <param name="Attempt">Attempts that ended.</param>
/// <param name="Level">Level of the escalation plan.</param>
/// <param name="Recipient">Masked: enough to know one's own number.</param>
/// <param name="Result">pending, handedOff, refused, unreachable, timedOut, dropped; or what the network reported later.</param>
internal sealed record WarningView(int Attempt, string Channel, int Level, DateTimeOffset At, string Recipient, string Result, string? Reason);
