namespace Cinnabar.Evidence.Governance;

/// <summary>Where an epoch takes over a log: the largest head that q seals of the epoch before hold.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root over them.</param>
/// <remarks>Nobody cosigns in the new epoch before holding exactly this head. Source: docs/design/ledger.md, "The end of an epoch".</remarks>
public sealed record LogTerminal(string Origin, long Size, Digest Root);
