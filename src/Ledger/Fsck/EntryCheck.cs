namespace Cinnabar.Ledger.Fsck;

/// <summary>Checks one entry again as it should have been checked when it entered.</summary>
/// <returns>Null when it is good, otherwise what is wrong with it.</returns>
/// <remarks>Called by several threads at once, in no order.</remarks>
public delegate string? EntryCheck(SequencedEntry entry);
