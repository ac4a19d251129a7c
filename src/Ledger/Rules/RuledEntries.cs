namespace Cinnabar.Ledger.Rules;

/// <summary>The answer of <see cref="EntryRules.Rule"/>: what is wrong with some entries, or what follows from them.</summary>
/// <param name="First">Position of the first entry.</param>
/// <param name="Count">How many entries were looked at.</param>
/// <param name="Fault">The first fault, or null when all are good.</param>
/// <param name="Marks">
/// Positions of those that later entries are judged by, for <see cref="Storage.LogCommit.Marks"/>; none when there is a fault. Of batch
/// headers only the first of each epoch: <see cref="MarkedEntries"/> finds the newest one itself.
/// </param>
/// <param name="LastHeader">The newest batch header behind these entries, or null where there was none yet.</param>
public sealed record RuledEntries(long First, int Count, EntryFault? Fault, IReadOnlyList<long> Marks, BatchHeader? LastHeader)
{
    /// <summary>
    /// Whether the first entry is a batch header. With governance it is one wherever an owner's batch begins, so also behind every
    /// checkpoint; which positions those are, only who holds the checkpoints knows.
    /// </summary>
    public bool BeginsWithHeader { get; init; }

    /// <summary>What these entries change; null when there is a fault.</summary>
    internal RuleDraft? Draft { get; init; }
}
