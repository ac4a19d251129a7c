using System.Numerics;

namespace Cinnabar.Evidence.Merkle;

/// <summary>Roots and proofs of the Merkle tree of RFC 9162 section 2.1, straight from the definitions.</summary>
/// <remarks>
/// Proofs are built from the hashes of complete subtrees, wherever they are kept; nothing here holds a tree. Sizes and
/// indices are signed 64-bit numbers: a tree of 2^62 leaves is the largest, beyond anything a court will write. Stateless, safe for concurrent callers.
/// </remarks>
public static class MerkleTree
{
    /// <summary>The largest tree size this code accepts: 2^62.</summary>
    public const long SizeMax = 1L << 62;

    /// <summary>MTH of section 2.1.1 over the given leaf hashes; the root of the empty tree for none.</summary>
    public static Digest Root(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.IsEmpty ? TreeHash.OfEmptyTree : leaves[0];
        }
        var split = (int)SplitPoint(leaves.Length);
        return TreeHash.OfNode(Root(leaves[..split]), Root(leaves[split..]));
    }

    /// <summary>PATH of section 2.1.3.1: the proof that leaf <paramref name="leafIndex"/> is in the tree of <paramref name="treeSize"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the tree, or the size is out of range.</exception>
    public static InclusionProof ProveInclusion(long leafIndex, long treeSize, SubtreeReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentOutOfRangeException.ThrowIfNegative(leafIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(treeSize, SizeMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leafIndex, treeSize);
        var path = new List<Digest>();
        AddPath(path, leafIndex, 0, treeSize, read);
        return new InclusionProof(leafIndex, treeSize, path);
    }

    /// <summary>PROOF of section 2.1.4.1: that the tree of <paramref name="newSize"/> leaves begins with the tree of <paramref name="oldSize"/> leaves.</summary>
    /// <remarks>The path is empty when the sizes are equal or the old tree is empty.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">0 ≤ oldSize ≤ newSize ≤ 2^62 does not hold.</exception>
    public static ConsistencyProof ProveConsistency(long oldSize, long newSize, SubtreeReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, SizeMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var path = new List<Digest>();
        if (oldSize > 0 && oldSize < newSize)
        {
            AddSubproof(path, oldSize, 0, newSize, oldTreeStartsHere: true, read);
        }
        return new ConsistencyProof(oldSize, newSize, path);
    }

    /// <summary>The root over leaves start … start + count − 1, where the range is one that the recursive split of a tree produces.</summary>
    private static Digest RangeRoot(long start, long count, SubtreeReader read)
    {
        if (BitOperations.IsPow2(count))
        {
            return read(BitOperations.TrailingZeroCount(count), start / count);
        }
        var split = SplitPoint(count);
        return TreeHash.OfNode(RangeRoot(start, split, read), RangeRoot(start + split, count - split, read));
    }

    private static void AddPath(List<Digest> path, long index, long start, long count, SubtreeReader read)
    {
        if (count == 1)
        {
            return;
        }
        var split = SplitPoint(count);
        if (index < split)
        {
            AddPath(path, index, start, split, read);
            path.Add(RangeRoot(start + split, count - split, read));
        }
        else
        {
            AddPath(path, index - split, start + split, count - split, read);
            path.Add(RangeRoot(start, split, read));
        }
    }

    private static void AddSubproof(List<Digest> path, long oldSize, long start, long count, bool oldTreeStartsHere, SubtreeReader read)
    {
        if (oldSize == count)
        {
            // SUBPROOF(m, D_m, true) is empty: the verifier knows the old root itself.
            if (!oldTreeStartsHere)
            {
                path.Add(RangeRoot(start, count, read));
            }
            return;
        }
        var split = SplitPoint(count);
        if (oldSize <= split)
        {
            AddSubproof(path, oldSize, start, split, oldTreeStartsHere, read);
            path.Add(RangeRoot(start + split, count - split, read));
        }
        else
        {
            AddSubproof(path, oldSize - split, start + split, count - split, oldTreeStartsHere: false, read);
            path.Add(RangeRoot(start, split, read));
        }
    }

    /// <summary>The largest power of two strictly smaller than <paramref name="count"/>, for count ≥ 2.</summary>
    private static long SplitPoint(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
