namespace Cinnabar.Ledger.Storage;

/// <summary>A tile as it stands after a commit; replaces a shorter one in the same place.</summary>
/// <param name="Level">0 for leaf hashes, 1 for the roots of full level-0 tiles, and so on.</param>
/// <param name="Index">Place within the level, from 0.</param>
/// <param name="Hashes">1 to 256 hashes of 32 bytes.</param>
public readonly record struct TileWrite(int Level, long Index, ReadOnlyMemory<byte> Hashes);
