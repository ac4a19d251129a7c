using Cinnabar.Evidence;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Ledger.Rules;

/// <summary>What the entries of one log so far say about whom later ones may come from. One caller at a time.</summary>
internal sealed class RuleState(GovernanceLog? governance) : IDisposable
{
    private readonly Dictionary<(string Issuer, Digest Thumbprint), VouchedKey> _keys = [];
    private readonly HashSet<Digest> _revoked = [];

    public GovernanceLog? Governance => governance;

    public CourtGenesis? Genesis { get; private set; }

    public BatchHeader? LastHeader { get; private set; }

    /// <summary>Counts what was taken in: a draft made over another state must not be.</summary>
    public long Version { get; private set; }

    public VouchedKey? Find((string Issuer, Digest Thumbprint) name) => _keys.GetValueOrDefault(name);

    public bool IsRevoked(Digest thumbprint) => _revoked.Contains(thumbprint);

    public void Take(RuleDraft draft)
    {
        if (draft.State != this || draft.Version != Version)
        {
            throw new InvalidOperationException("The ruling was made over another state of the log than the present one.");
        }

        foreach (var key in draft.Keys)
        {
            _keys.Add(key.Name, key);
        }

        _revoked.UnionWith(draft.Revoked);
        Genesis = draft.Genesis;
        LastHeader = draft.LastHeader;
        Version++;
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
