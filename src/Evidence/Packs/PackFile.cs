namespace Cinnabar.Evidence.Packs;

/// <summary>One file in a pack that was opened.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Crc">Its CRC-32 as the zip claims it.</param>
/// <param name="Offset">Where its bytes begin in the zip.</param>
public sealed record PackFile(PackPath Path, long Size, uint Crc, long Offset);
