namespace Cinnabar.Station.Alarms;

/// <summary>A statement that raises an alarm.</summary>
/// <param name="Hash">The statement's hash, hex: the alarm's idempotency key.</param>
/// <param name="Level">1 to <see cref="AlarmKind.LevelMax"/>.</param>
internal sealed record Trigger(string Hash, string SealNumber, AlarmKind Kind, int Level);
