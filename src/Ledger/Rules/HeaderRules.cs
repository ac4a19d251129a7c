using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Ledger.Rules;

/// <summary>The rules of batch headers. Source: docs/design/ledger.md, "Before it cosigns".</summary>
internal static class HeaderRules
{
    /// <summary>What is wrong with a header at a place, or null.</summary>
    /// <param name="latestMs">It may not be dated later.</param>
    /// <param name="log">The governance log, whose log it is, and the header before.</param>
    public static EntryFault? Check(
        PreparedEntry entry, long index, long latestMs, (GovernanceLog? Governance, CourtGenesis Genesis, BatchHeader? Before) log)
    {
        if (entry.Header is not { } header || entry.Statement.Subject != log.Genesis.Origin || entry.Statement.Issuer != log.Genesis.StationIssuer)
        {
            return new EntryFault(index, EntryFault.HeaderForm, $"Not a batch header of {log.Genesis.Origin}.");
        }

        var before = log.Before;
        if (header.First != index)
        {
            return new EntryFault(index, EntryFault.HeaderOrder, $"It says it stands at {header.First}.");
        }

        if (header.FinalSize < (before?.FinalSize ?? 0))
        {
            return new EntryFault(index, EntryFault.HeaderOrder, $"It names a final head of size {header.FinalSize}, the header before it one of {before!.FinalSize}.");
        }

        var epoch = log.Governance?.Find(header.Set);
        if (epoch is null || epoch.Number != header.Epoch || epoch.Number < (before?.Epoch ?? 0)
            || epoch.Find(log.Genesis.Origin)?.Genesis != log.Genesis.Statement.Hash)
        {
            return new EntryFault(index, EntryFault.HeaderEpoch, log.Governance is null
                ? $"It names epoch {header.Epoch}; no governance log is known."
                : $"Epoch {header.Epoch} ({header.Set}) is not in the governance log, older than the header's before it, or without this court.");
        }

        return header.TimeMs < (before?.TimeMs ?? 0) || header.TimeMs > latestMs
            ? new EntryFault(index, EntryFault.HeaderTime, $"It is dated {header.TimeMs} ms, not between {before?.TimeMs ?? 0} and {latestMs}.")
            : null;
    }
}
