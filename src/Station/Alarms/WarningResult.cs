using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>One attempt's end, ready to be stored.</summary>
/// <param name="State">Where the warning stands now.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
internal sealed record WarningResult(Warning Warning, WarningState State, DeliveryResult Delivery, int Attempt, long CalledAtMs);
