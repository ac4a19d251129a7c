using Cinnabar.Evidence;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Ledger.Rules;

/// <summary>Some entries behind a state that they do not change yet: an entry is judged by the state and by those admitted before it.</summary>
/// <remarks>Looks at everything but form, signature, and what the log holds already; who reads the bytes looks at those.</remarks>
internal sealed class RuleDraft(RuleState state)
{
    private readonly Dictionary<(string Issuer, Digest Thumbprint), VouchedKey> _keys = [];
    private readonly HashSet<Digest> _revoked = [];
    private readonly HashSet<Digest> _admitted = [];
    private readonly List<long> _marks = [];

    public RuleState State => state;

    public long Version { get; } = state.Version;

    public CourtGenesis? Genesis { get; private set; } = state.Genesis;

    public BatchHeader? LastHeader { get; private set; } = state.LastHeader;

    public IReadOnlyCollection<VouchedKey> Keys => _keys.Values;

    public IReadOnlySet<Digest> Revoked => _revoked;

    public IReadOnlyList<long> Marks => _marks;

    /// <summary>What is wrong with an entry at a place, or null.</summary>
    /// <param name="signer">The key that must have signed it; set when the answer is null.</param>
    public EntryFault? Judge(PreparedEntry entry, long index, long latestMs, out VouchedKey? signer)
    {
        var statement = entry.Statement;
        signer = null;
        if (CheckGenesis(entry, index) is { } refused)
        {
            return new EntryFault(index, EntryFault.Genesis, refused);
        }

        if (!KindCatalog.MayState(statement.Issuer, statement.Kind))
        {
            return new EntryFault(index, EntryFault.Role, $"{statement.Kind} is not for {statement.Issuer} to state.");
        }

        if (Find(entry, index) is not { } known)
        {
            return new EntryFault(index, EntryFault.KeyUnknown, $"No earlier entry vouches for key {statement.KeyId} of {statement.Issuer}.");
        }

        if (statement.Kind == BatchHeader.Kind
            && HeaderRules.Check(entry, index, latestMs, (state.Governance, Genesis!, LastHeader)) is { } fault)
        {
            return fault;
        }

        if (IsRevoked(statement.KeyId, entry.Header))
        {
            return new EntryFault(index, EntryFault.KeyRevoked, $"The key of {statement.Issuer} is revoked.");
        }

        if (_admitted.Contains(statement.Hash))
        {
            return Twice(index, statement.Hash);
        }

        signer = known;
        return null;
    }

    /// <summary>Takes in an entry that <see cref="Judge"/> found good.</summary>
    public void Admit(PreparedEntry entry, long index)
    {
        var statement = entry.Statement;
        _admitted.Add(statement.Hash);
        if (VouchedKey.IsMarked(statement.Kind) && (entry.Header is null || entry.Header.Epoch != LastHeader?.Epoch))
        {
            _marks.Add(index);
        }

        foreach (var key in entry.Keys)
        {
            if (state.Find(key.Name) is null)
            {
                _keys.TryAdd(key.Name, key);
            }
        }

        if (entry.Revoked is { } revoked)
        {
            _revoked.Add(revoked);
        }

        _revoked.UnionWith(RevokedWith(entry.Header));
        Genesis ??= entry.Genesis;
        LastHeader = entry.Header ?? LastHeader;
    }

    public static EntryFault Twice(long index, Digest hash) => new(index, EntryFault.Duplicate, $"Statement {hash} stands in the log already.");

    private string? CheckGenesis(PreparedEntry entry, long index)
    {
        if (index > 0 || Genesis is not null)
        {
            return entry.Statement.Kind == CourtGenesis.Kind ? "A log has one genesis, its entry 0." : null;
        }

        if (entry.Genesis is not { } genesis)
        {
            return entry.GenesisFault.Length > 0 ? entry.GenesisFault : "Entry 0 is not the court's genesis.";
        }

        return state.Governance is null || state.Governance.Epochs.Any(e => e.Find(genesis.Origin)?.Genesis == entry.Statement.Hash)
            ? null
            : $"No epoch names this genesis of {genesis.Origin}.";
    }

    private VouchedKey? Find(PreparedEntry entry, long index)
    {
        var name = (entry.Statement.Issuer, entry.Statement.KeyId);
        return index == 0
            ? entry.Keys.FirstOrDefault(k => k.Name == name)
            : state.Find(name) ?? _keys.GetValueOrDefault(name);
    }

    private bool IsRevoked(Digest thumbprint, BatchHeader? header) =>
        state.IsRevoked(thumbprint) || _revoked.Contains(thumbprint) || RevokedWith(header).Contains(thumbprint);

    /// <summary>What the epochs up to the one that a header opens revoke; nothing where the header before it was of the same one.</summary>
    private IEnumerable<Digest> RevokedWith(BatchHeader? header) =>
        header is null || state.Governance is null || header.Epoch == LastHeader?.Epoch
            ? []
            : state.Governance.Epochs.Where(e => e.Number <= header.Epoch).SelectMany(e => e.RevokedKeys);
}
