using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Console;

/// <summary>One entry with all that proves it; docs/formats/api.md.</summary>
/// <param name="Body">Diagnostic notation.</param>
/// <param name="Statement">Base64.</param>
/// <param name="Receipt">Base64; absent while the log has one entry only, which has none.</param>
internal sealed record LogEntryDetail(
    long Index, string Hash, string Kind, string Issuer, string Subject, DateTimeOffset At, int Bytes, ProofState State, string Body, string Statement, LogProof Proof,
    string? Receipt) : LogEntryCard(Index, Hash, Kind, Issuer, Subject, At, Bytes, State);
