using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>Everything that may change an incident goes through one queue, so that silence and life, or a trigger and an acknowledgement, never race.</summary>
internal abstract record AlarmInput;

/// <summary>A fact from the received feed.</summary>
internal sealed record FactInput(Fact Fact) : AlarmInput;

/// <summary>A connected seal gave a sign of life.</summary>
internal sealed record BeatInput(string SealNumber, string Device) : AlarmInput;

/// <summary>Somebody answers for an incident.</summary>
/// <param name="By">Login.</param>
/// <param name="Via">console or phone.</param>
internal sealed record AcknowledgeInput(string Incident, string By, string Via, TaskCompletionSource<HandlingAnswer> Done) : AlarmInput;

/// <summary>Somebody closes an incident.</summary>
internal sealed record CloseInput(string Incident, IncidentOutcome Outcome, string? Note, string By, TaskCompletionSource<HandlingAnswer> Done) : AlarmInput;

/// <summary>An attempt on a channel ended.</summary>
/// <param name="CalledAtMs">When the channel was called, UTC ms.</param>
internal sealed record ResultInput(string WarningKey, DeliveryResult Result, long CalledAtMs) : AlarmInput;

/// <summary>The phone network reported.</summary>
internal sealed record ReportInput(DeliveryReport Report, TaskCompletionSource Done) : AlarmInput;
