namespace Cinnabar.Ledger;

/// <summary>An entry with its place in the log.</summary>
/// <param name="Index">Position from 0, without gaps.</param>
/// <param name="Bytes">The entry as it was appended.</param>
public readonly record struct SequencedEntry(long Index, ReadOnlyMemory<byte> Bytes);
