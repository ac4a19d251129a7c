namespace Cinnabar.Station.Console;

/// <summary>Inclusion proof, hashes in hex from the leaf upwards.</summary>
internal sealed record LogProof(long TreeSize, IReadOnlyList<string> Path);
