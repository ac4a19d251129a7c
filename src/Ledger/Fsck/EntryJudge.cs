using System.Collections.Concurrent;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Ledger.Fsck;

/// <summary>Checks the entries of a court's log as statements: form first, and with the keys found so, signatures.</summary>
/// <remarks>
/// Two runs over the log, because fsck reads entries in no order and a key may be enrolled after what it signed. Safe for
/// concurrent use within a run. Source: docs/formats/statement.md, section 5; docs/formats/kinds.md.
/// </remarks>
public sealed class EntryJudge : IDisposable
{
    private readonly ConcurrentDictionary<(string Issuer, Digest Key), (long Index, VerificationKey Ready)> _enrolled = new();

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

            Enrol(genesis.CourtIssuer, genesis.CommandKey, -1);
            Enrol(genesis.StationIssuer, genesis.StationKey, -1);
        }

        Remember(statement!, entry.Index);
        return KindCatalog.MayState(statement!.Issuer, statement.Kind) ? null : $"{statement.Kind} is not for {statement.Issuer} to state.";
    }

    /// <summary>Second run: every signature, with keys that were enrolled before.</summary>
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

        verdict = statement.Check(known.Ready);
        return verdict == StatementVerdict.Valid ? null : $"{verdict} ({(int)verdict}).";
    }

    /// <summary>Lets go of the keys.</summary>
    public void Dispose()
    {
        foreach (var (_, ready) in _enrolled.Values)
        {
            ready.Dispose();
        }
    }

    private void Remember(Statement statement, long index)
    {
        var name = statement.Kind switch { "device.enrolled" => "device", "officer.enrolled" => "officer", _ => null };
        if (name is null || statement.Body.TextOrNull(name) is not { } who || !statement.Body.TryGet("key", out var key))
        {
            return;
        }

        try
        {
            Enrol($"{name}:{who}", CoseKey.FromCbor(key), index);
        }
        catch (FormatException)
        {
            // Vouches for nobody; what it should have vouched for is found in the second run.
        }
    }

    private void Enrol(string issuer, CoseKey key, long index) => _enrolled.AddOrUpdate(
        (issuer, key.Thumbprint), _ => (index, new VerificationKey(key)), (_, known) => (Math.Min(known.Index, index), known.Ready));
}
