namespace Cinnabar.Evidence.Governance;

/// <summary>Where the next epoch takes a log over: the largest head that q courts hold which cosign it no more.</summary>
/// <remarks>
/// Any final head has q cosigners; q seals share an honest court with them, which holds it and says so. Pure.
/// Source: docs/formats/governance.md, section 6; docs/design/ledger.md, "The end of an epoch"; test/models/finality.pml.
/// </remarks>
public static class EpochEnd
{
    /// <summary>Finds the head from the seals of one log.</summary>
    /// <param name="ended">The epoch that ends.</param>
    /// <param name="origin">The log; seals of others are passed over.</param>
    /// <param name="seals">Checked by <see cref="LogSeal.TryRead"/> against that epoch.</param>
    /// <param name="terminal">Set when the answer is true; null where q courts hold nothing of the log, which then begins in the next epoch.</param>
    /// <param name="detail">Why the log cannot be taken over, and which courts that is about; empty when the answer is true.</param>
    public static bool TryFind(Epoch ended, string origin, IEnumerable<LogSeal> seals, out LogTerminal? terminal, out string detail)
    {
        ArgumentNullException.ThrowIfNull(ended);
        ArgumentNullException.ThrowIfNull(seals);
        terminal = null;
        LogSeal[] mine = [.. seals.Where(s => s.Head.Origin == origin).OrderBy(s => s.Head.Size)];
        if (mine.GroupBy(s => s.By.Code).FirstOrDefault(g => g.Select(s => s.Head).Distinct().Count() > 1) is { } liar)
        {
            detail = $"{liar.Key} sealed {origin} with two different heads, sizes {string.Join(" and ", liar.Select(s => s.Head.Size))}: it did not keep its promise, and its seals do not count. Leave them out.";
            return false;
        }

        string[] silent = [.. ended.Courts.Select(c => c.Code).Except(mine.Select(s => s.By.Code))];
        if (ended.Courts.Count - silent.Length < ended.Quorum.Needed)
        {
            detail = $"{origin} is sealed by {ended.Courts.Count - silent.Length} of the {ended.Quorum.Needed} courts needed. Not by: {string.Join(", ", silent)}.";
            return false;
        }

        if (mine.Zip(mine.Skip(1)).FirstOrDefault(p => p.First.Head.Size == p.Second.Head.Size && p.First.Head.Root != p.Second.Head.Root) is { First: { } one, Second: { } other })
        {
            detail = $"The owner of {origin} signed two histories: {one.By.Code} and {other.By.Code} hold {one.Head.Size} entries under different roots. "
                + "The log ends here; its court comes back with a successor log under a new origin and key.";
            return false;
        }

        terminal = mine[^1].Head is { Size: > 0 } largest ? largest : null;
        detail = "";
        return true;
    }
}
