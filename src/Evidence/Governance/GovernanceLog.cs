using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Evidence.Governance;

/// <summary>All epochs from the first on, each agreed to by q courts of the one before and q courts of its own.</summary>
/// <remarks>
/// Whoever knows the hash of any epoch in it knows them all. It says nothing about who the courts are: the first epoch is
/// believed because its hash came another way. Immutable, safe for concurrent use. Source: docs/formats/governance.md, section 4.
/// </remarks>
public sealed class GovernanceLog
{
    /// <summary>Most epochs in one file.</summary>
    public const int EpochsMax = 1_000;

    /// <summary>The longest file in bytes.</summary>
    public const int LengthMax = 64 * 1024 * 1024;

    private const long Version = 1;

    private readonly IReadOnlyList<IReadOnlyList<Statement>> _approvals;

    private GovernanceLog(IReadOnlyList<Epoch> epochs, IReadOnlyList<IReadOnlyList<Statement>> approvals)
    {
        Epochs = epochs;
        _approvals = approvals;
    }

    /// <summary>The epochs in their order; at least one.</summary>
    public IReadOnlyList<Epoch> Epochs { get; }

    /// <summary>The epoch in force.</summary>
    public Epoch Current => Epochs[^1];

    /// <summary>A log of one epoch that all its courts need not yet have agreed to beyond q of them.</summary>
    /// <exception cref="ArgumentException">The approvals do not suffice.</exception>
    public static GovernanceLog Begin(Epoch epoch, IEnumerable<Statement> approvals) => Extend(null, epoch, approvals);

    /// <summary>This log with one epoch more.</summary>
    /// <exception cref="ArgumentException">The epoch does not follow, or the approvals do not suffice.</exception>
    public GovernanceLog Append(Epoch epoch, IEnumerable<Statement> approvals) => Extend(this, epoch, approvals);

    /// <summary>Reads a log and checks every epoch and approval in it.</summary>
    /// <param name="bytes">The file, untrusted.</param>
    /// <param name="log">Set when the verdict is <see cref="GovernanceVerdict.Valid"/>.</param>
    /// <param name="detail">What was wrong where; empty when valid.</param>
    public static GovernanceVerdict TryParse(ReadOnlySpan<byte> bytes, out GovernanceLog? log, out string detail)
    {
        log = null;

        // 1. Length, subset, version, and one to a thousand epochs with their approvals.
        if (!TryReadShape(bytes, out var items, out detail))
        {
            return GovernanceVerdict.Malformed;
        }

        List<Epoch> epochs = [];
        List<IReadOnlyList<Statement>> approvals = [];
        HashSet<Digest> used = [];
        foreach (var item in items)
        {
            // 2. The document keeps all rules that can be checked on it alone.
            if (!Epoch.TryParse(item[0].AsBytes().Span, out var epoch, out detail))
            {
                return GovernanceVerdict.EpochInvalid;
            }

            var verdict = Follow(epochs, used, epoch, item[1].AsArray(), out var agreed, out detail);
            if (verdict != GovernanceVerdict.Valid)
            {
                return verdict;
            }

            epochs.Add(epoch);
            approvals.Add(agreed);
            used.UnionWith(epoch.Courts.SelectMany(c => c.KeyNames()));
        }

        log = new GovernanceLog(epochs, approvals);
        return GovernanceVerdict.Valid;
    }

    /// <summary>The epoch with this hash, or null.</summary>
    public Epoch? Find(Digest hash) => Epochs.FirstOrDefault(e => e.Hash == hash);

    /// <summary>Who agreed to an epoch of this log: verified approvals, by ascending hash.</summary>
    /// <exception cref="ArgumentException">The epoch is of another log.</exception>
    public IReadOnlyList<Statement> ApprovalsOf(Epoch epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return epoch.Number <= Epochs.Count && Epochs[(int)epoch.Number - 1].Hash == epoch.Hash
            ? _approvals[(int)epoch.Number - 1]
            : throw new ArgumentException($"Epoch {epoch.Number} with hash {epoch.Hash} is not in this log.", nameof(epoch));
    }

    /// <summary>The file: [1, [[document, [approvals]], …]].</summary>
    public byte[] Encode() => Encode(Epochs, _approvals);

    private static GovernanceLog Extend(GovernanceLog? log, Epoch epoch, IEnumerable<Statement> approvals)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        ArgumentNullException.ThrowIfNull(approvals);
        var bytes = Encode([.. log?.Epochs ?? [], epoch], [.. log?._approvals ?? [], [.. approvals.OrderBy(a => a.Hash)]]);
        var verdict = TryParse(bytes, out var extended, out var detail);
        return verdict == GovernanceVerdict.Valid ? extended! : throw new ArgumentException($"{verdict}: {detail}");
    }

    private static byte[] Encode(IReadOnlyList<Epoch> epochs, IReadOnlyList<IReadOnlyList<Statement>> approvals) => CborValue.Array(
        CborValue.Integer(Version),
        CborValue.Array([.. epochs.Zip(approvals, (epoch, agreed) => CborValue.Array(
            CborValue.Bytes(epoch.Bytes.ToArray()), CborValue.Array([.. agreed.Select(a => CborValue.Bytes(a.Bytes.ToArray()))])))])).Encode();

    private static bool TryReadShape(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out IReadOnlyList<IReadOnlyList<CborValue>>? items, out string detail)
    {
        items = null;
        detail = "Not [1, [[document, [approvals]], …]] of 1 to 1,000 epochs.";
        try
        {
            if (bytes.Length > LengthMax || CborValue.Decode(bytes).AsArray() is not [{ Kind: CborKind.Integer } version, { Kind: CborKind.Array } list]
                || version.AsInteger() != Version || list.AsArray().Count is 0 or > EpochsMax)
            {
                return false;
            }

            items = [.. list.AsArray().Select(i => i.AsArray())];
            return items.All(i => i is [{ Kind: CborKind.Bytes }, { Kind: CborKind.Array } approvals]
                && approvals.AsArray().Count <= 2 * Epoch.CourtsMax && approvals.AsArray().All(a => a.Kind == CborKind.Bytes));
        }
        catch (FormatException refused)
        {
            detail = refused.Message;
            return false;
        }
    }

    private static GovernanceVerdict Follow(
        List<Epoch> before, HashSet<Digest> used, Epoch epoch, IReadOnlyList<CborValue> items, out IReadOnlyList<Statement> approvals, out string detail)
    {
        var last = before.Count > 0 ? before[^1] : null;
        approvals = [];

        // 3. Numbers without gaps; each epoch names the one before by its hash.
        detail = $"Epoch {epoch.Number} does not follow {(last is null ? "nothing" : $"epoch {last.Number}")}.";
        if (epoch.Number != before.Count + 1 || epoch.Previous != (last?.Hash ?? default))
        {
            return GovernanceVerdict.NotInSequence;
        }

        // 4. The cosigners' keys are new: no cosignature of one epoch can be counted in another.
        detail = $"Epoch {epoch.Number} uses a cosigner's key of an earlier one.";
        if (epoch.Courts.SelectMany(c => c.EpochKeyNames()).Any(used.Contains))
        {
            return GovernanceVerdict.KeyReused;
        }

        // 5. Every approval is of this document, by a key of the old or the new set, in the order of their hashes, each once.
        var verdict = ReadApprovals(epoch, last, items, out approvals, out detail);
        if (verdict != GovernanceVerdict.Valid)
        {
            return verdict;
        }

        // 6. q distinct courts of the old set, and q distinct courts of the new.
        var (old, mine) = (last is null ? 0 : Agreed(last, approvals), Agreed(epoch, approvals));
        detail = $"Epoch {epoch.Number}: {old} of the {last?.Quorum.Needed ?? 0} courts needed of the old set, {mine} of the {epoch.Quorum.Needed} of the new.";
        if (old < (last?.Quorum.Needed ?? 0) || mine < epoch.Quorum.Needed)
        {
            return GovernanceVerdict.TooFewApprovals;
        }

        detail = "";
        return GovernanceVerdict.Valid;
    }

    private static GovernanceVerdict ReadApprovals(
        Epoch epoch, Epoch? last, IReadOnlyList<CborValue> items, out IReadOnlyList<Statement> approvals, out string detail)
    {
        List<Statement> read = [];
        approvals = read;
        foreach (var item in items)
        {
            var form = Statement.TryParse(item.AsBytes().Span, out var statement, out detail);
            if (form != StatementVerdict.Valid || !EpochApproval.Speaks(statement!, epoch)
                || (read.Count > 0 && read[^1].Hash.CompareTo(statement!.Hash) >= 0))
            {
                detail = $"An approval of epoch {epoch.Number} is malformed, of another document, or out of order. {detail}";
                return GovernanceVerdict.ApprovalInvalid;
            }

            var court = (last?.Courts ?? []).Concat(epoch.Courts).FirstOrDefault(c => EpochApproval.IsBy(c, statement!));
            if (court is null || !Verifies(court.ApprovalKey, statement!))
            {
                detail = $"An approval of epoch {epoch.Number} by {statement!.Issuer} is not signed with a key of that court.";
                return GovernanceVerdict.ApprovalInvalid;
            }

            read.Add(statement!);
        }

        detail = "";
        return GovernanceVerdict.Valid;
    }

    /// <summary>How many distinct courts of a set agreed, each with its key of that set.</summary>
    private static int Agreed(Epoch set, IReadOnlyList<Statement> approvals) => set.Courts.Count(c => approvals.Any(a => EpochApproval.IsBy(c, a)));

    private static bool Verifies(CoseKey key, Statement statement)
    {
        using var ready = new VerificationKey(key);
        return statement.Check(ready) == StatementVerdict.Valid;
    }
}
