using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Fsck;

/// <summary>What fsck found. The first thing wrong ends it: what lies behind was not looked at.</summary>
/// <param name="Verdict">The outcome.</param>
/// <param name="Sentence">What is wrong, with the index or path, for a person.</param>
/// <param name="EntryIndex">The first bad entry, or −1 when the fault is not one entry's.</param>
/// <param name="TreeSize">Size the checkpoint names, 0 when it was refused.</param>
/// <param name="EntriesChecked">Entries found good.</param>
/// <param name="Root">The root recomputed from the entries; only when the verdict is <see cref="FsckVerdict.Sound"/> or <see cref="FsckVerdict.RootMismatch"/>.</param>
public sealed record FsckReport(FsckVerdict Verdict, string Sentence, long EntryIndex, long TreeSize, long EntriesChecked, Digest Root)
{
    /// <summary>True when nothing is wrong.</summary>
    public bool IsSound => Verdict == FsckVerdict.Sound;
}
