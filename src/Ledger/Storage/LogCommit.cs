using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Ledger.Storage;

/// <summary>All that one batch changes, to be written as one.</summary>
/// <param name="OldSize">The size the log must have before; the first new entry gets this index.</param>
/// <param name="Entries">New entries in order; at least one.</param>
/// <param name="Tiles">Every tile the entries touch.</param>
/// <param name="Head">The frontier afterwards: of size <paramref name="OldSize"/> plus the number of entries.</param>
public sealed record LogCommit(long OldSize, IReadOnlyList<NewEntry> Entries, IReadOnlyList<TileWrite> Tiles, Frontier Head)
{
    /// <summary>Positions of the new entries that are read again at every start, because later entries are judged by them.</summary>
    public IReadOnlyList<long> Marks { get; init; } = [];

    /// <summary>The signed checkpoint of exactly this head, where it is there before the commit, as at a mirror; otherwise empty.</summary>
    public ReadOnlyMemory<byte> Checkpoint { get; init; }
}
