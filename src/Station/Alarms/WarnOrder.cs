namespace Cinnabar.Station.Alarms;

/// <summary>Warn the people of these levels of the plan now.</summary>
/// <param name="Round">Number of the warning in its episode, from 1.</param>
internal readonly record struct WarnOrder(int FromPlanLevel, int ToPlanLevel, int Round);
