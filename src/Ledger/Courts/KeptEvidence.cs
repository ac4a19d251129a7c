namespace Cinnabar.Ledger.Courts;

/// <summary>Evidence of a fork as a court keeps it.</summary>
/// <param name="Bytes">The file, docs/formats/fork.md.</param>
/// <param name="At">When this court got hold of it.</param>
public sealed record KeptEvidence(ReadOnlyMemory<byte> Bytes, DateTimeOffset At);
