namespace Cinnabar.Ledger.Fsck;

/// <summary>How far fsck has come.</summary>
/// <param name="EntriesChecked">Entries found good so far.</param>
/// <param name="TreeSize">Entries there are.</param>
public readonly record struct FsckProgress(long EntriesChecked, long TreeSize);
