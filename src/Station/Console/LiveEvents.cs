using Cinnabar.Station.Alarms;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Console;

/// <summary>The data of each server-sent event by the event's name. Never sent as a whole: it is what describes the stream.</summary>
internal sealed record LiveEvents(
    IncidentCard Incident, SealCard Seal, StillEvent Still, FactEvent Fact, CommandEvent Command, LogHead Log, ChainEvent Chain, HealthEvent Health, Tick Tick,
    FeedReset Reset);
