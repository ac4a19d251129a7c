namespace Cinnabar.Station.Alarms;

/// <summary>What the court decided about a seal's heartbeat.</summary>
/// <param name="Device">The device now bound to it; null leaves it as it was.</param>
/// <param name="Armed">Whether silence is an incident; null leaves it as it was.</param>
internal sealed record Supervision(string SealNumber, string? Device, bool? Armed);
