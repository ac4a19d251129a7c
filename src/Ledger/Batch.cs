using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger;

/// <summary>What one commit will add, while it is put together.</summary>
/// <param name="first">Index of its first entry.</param>
/// <param name="draft">What the entries change about whom later ones may come from; null in a log without rules.</param>
internal sealed class Batch(long first, RuleDraft? draft)
{
    private readonly List<NewEntry> _entries = [];
    private readonly List<Digest> _leaves = [];
    private readonly Dictionary<Digest, long> _places = [];

    public long Next => first + _entries.Count;

    public int Count => _entries.Count;

    public IReadOnlyList<NewEntry> Entries => _entries;

    public IReadOnlyList<Digest> Leaves => _leaves;

    public RuleDraft? Draft => draft;

    public long? Find(Digest id) => _places.TryGetValue(id, out var index) ? index : null;

    /// <summary>Adds an entry at <see cref="Next"/>, if the rules let it in there.</summary>
    /// <param name="prepared">Null only in a log without rules.</param>
    /// <param name="isVerified">True when its signature was checked before: only whose it may be is checked here.</param>
    /// <returns>Null when it was added.</returns>
    public EntryFault? Add(NewEntry entry, Digest leaf, PreparedEntry? prepared, bool isVerified)
    {
        if (draft is not null)
        {
            var fault = draft.Judge(prepared!, Next, long.MaxValue, out var signer)
                ?? (isVerified ? null : EntryRules.CheckSignature(prepared!.Statement, Next, signer!));
            if (fault is not null)
            {
                return fault;
            }

            draft.Admit(prepared!, Next);
        }

        _places.Add(entry.Id, Next);
        _entries.Add(entry);
        _leaves.Add(leaf);
        return null;
    }

    /// <summary>The same for a statement, by its bytes.</summary>
    public EntryFault? Add(PreparedEntry prepared, bool isVerified)
    {
        var bytes = prepared.Statement.Bytes;
        return Add(new NewEntry(bytes, prepared.Statement.Hash), TreeHash.OfLeaf(bytes.Span), prepared, isVerified);
    }
}
