using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Seals;

/// <summary>A fact about a seal, on its way through the proof.</summary>
/// <param name="Index">Log index; null while it is only received.</param>
internal sealed record FactSeen(Statement Statement, DateTimeOffset ReceivedAt, long? Index);
