using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Console;

/// <summary>One entry of the log in a list; docs/formats/api.md.</summary>
/// <param name="At">Clock of the issuer.</param>
internal record LogEntryCard(long Index, string Hash, string Kind, string Issuer, string Subject, DateTimeOffset At, int Bytes, ProofState State);
