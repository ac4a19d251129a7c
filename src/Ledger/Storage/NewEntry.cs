using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Storage;

/// <summary>An entry on its way into a store.</summary>
/// <param name="Bytes">1 to 65,535 bytes.</param>
/// <param name="Id">SHA-256 of the bytes, by which the entry is found again.</param>
public readonly record struct NewEntry(ReadOnlyMemory<byte> Bytes, Digest Id);
