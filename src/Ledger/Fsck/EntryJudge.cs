using System.Collections.Concurrent;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Ledger.Rules;

namespace Cinnabar.Ledger.Fsck;

/// <summary>Checks the entries of a court's log as statements: form first, and with the keys found so, signatures.</summary>
/// <remarks>
/// Two runs over the log, because fsck reads entries in no order and a key may be enrolled after what it signed. Safe for
/// concurrent use within a run. Source: docs/formats/statement.md, section 5; docs/formats/kinds.md.
/// </remarks>
public sealed class EntryJudge : IDisposable
{
    private readonly ConcurrentDictionary<(string Issuer, Digest Key), (long Index, VouchedKey Key)> _enrolled = new();
    private readonly ConcurrentDictionary<Digest, long> _revoked = new();

    /// <summary>First run: every entry is a statement; keys that the court vouches for are remembered.</summary>
    /// <param name="entry">Entry 0 must be the court's genesis.</param>
    /// <returns>Null when it is good, otherwise what is wrong with it.</returns>
    public string? CheckForm(SequencedEntry entry)
    {
        var verdict = Statement.TryParse(entry.Bytes.Span, out var statement, out var detail);
        if (verdict != StatementVerdict.Valid)
        {
            return $"{verdict} ({(int)verdict}): {detail}";
        }

        if (entry.Index == 0)
        {
            if (!CourtGenesis.TryRead(statement!, out var genesis, out detail))
            {
                return detail;
            }

            foreach (var key in VouchedKey.Of(genesis))
            {
                Enrol(key, -1);
            }
        }
        else if (VouchedKey.Of(statement!) is { } key)
        {
            Enrol(key, entry.Index);
        }

        if (VouchedKey.RevokedBy(statement!) is { } revoked)
        {
            _revoked.AddOrUpdate(revoked, entry.Index, (_, known) => Math.Min(known, entry.Index));
        }

        return KindCatalog.MayState(statement!.Issuer, statement.Kind) ? null : $"{statement.Kind} is not for {statement.Issuer} to state.";
    }

    /// <summary>Second run: every signature, with keys that were enrolled before and not revoked.</summary>
    /// <returns>Null when it is good, otherwise what is wrong with it.</returns>
    public string? CheckSignature(SequencedEntry entry)
    {
        var verdict = Statement.TryParse(entry.Bytes.Span, out var statement, out var detail);
        if (verdict != StatementVerdict.Valid)
        {
            return $"{verdict} ({(int)verdict}): {detail}";
        }

        if (!_enrolled.TryGetValue((statement!.Issuer, statement.KeyId), out var known) || known.Index >= entry.Index)
        {
            return $"No earlier entry vouches for key {statement.KeyId} of {statement.Issuer}.";
        }

        if (_revoked.TryGetValue(statement.KeyId, out var revoked) && revoked < entry.Index)
        {
            return $"The key of {statement.Issuer} was revoked by entry {revoked}.";
        }

        verdict = statement.Check(known.Key.Ready);
        return verdict == StatementVerdict.Valid ? null : $"{verdict} ({(int)verdict}).";
    }

    /// <summary>Lets go of the keys.</summary>
    public void Dispose()
    {
        foreach (var (_, key) in _enrolled.Values)
        {
            key.Dispose();
        }
    }

    private void Enrol(VouchedKey key, long index) => _enrolled.AddOrUpdate(
        key.Name, _ => (index, key), (_, known) => (Math.Min(known.Index, index), known.Key));
}
