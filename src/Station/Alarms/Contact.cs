using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>One person on one channel.</summary>
/// <param name="Id">Stable within the seal; part of the idempotency key of every warning to it.</param>
/// <param name="Name">An officer's login, or the party's id: the name behind an acknowledgement by phone.</param>
/// <param name="PlanLevel">From 1.</param>
internal sealed record Contact(
    string Id, string Name, string Channel, string Address, WarningAudience Audience, WarningLanguage Language, int PlanLevel);
