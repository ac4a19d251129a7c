using System.Numerics;

namespace Cinnabar.Evidence.Merkle;

/// <summary>The claim that a leaf stands at an index in a tree of a size, with the hashes that prove it. Untrusted until verified.</summary>
/// <param name="LeafIndex">Position of the leaf, from 0.</param>
/// <param name="TreeSize">Number of leaves of the tree the proof leads to.</param>
/// <param name="Path">Sibling hashes from the leaf upwards. Not copied: the giver must not change it.</param>
/// <remarks>Any values may be put in; <see cref="TryComputeRoot"/> refuses the impossible ones. Immutable, safe for concurrent callers.</remarks>
public sealed record InclusionProof(long LeafIndex, long TreeSize, IReadOnlyList<Digest> Path)
{
    /// <summary>The number of hashes an honest path has, or −1 when index and size cannot belong together.</summary>
    /// <remarks>The hashes below the point where leaf and last leaf part, and one for each left subtree above it.</remarks>
    public static int PathLength(long leafIndex, long treeSize)
    {
        if (leafIndex < 0 || leafIndex >= treeSize || treeSize > MerkleTree.SizeMax)
        {
            return -1;
        }
        var inner = 64 - BitOperations.LeadingZeroCount((ulong)(leafIndex ^ (treeSize - 1)));
        return inner + BitOperations.PopCount((ulong)leafIndex >> inner);
    }

    /// <summary>True when the path leads from <paramref name="leaf"/> to <paramref name="root"/>.</summary>
    public bool Verify(Digest leaf, Digest root) => TryComputeRoot(leaf, out var computed) && computed == root;

    /// <summary>Folds the path from <paramref name="leaf"/> to the root it leads to. False when the proof has no possible shape; the root is then meaningless.</summary>
    /// <remarks>RFC 9162 section 2.1.3.2. A true answer proves nothing until the root is compared with a signed one.</remarks>
    public bool TryComputeRoot(Digest leaf, out Digest root)
    {
        root = leaf;

        // 0. The path has exactly the length that index and size demand (not in the RFC, which finds out on the way).
        // 1. Compare leaf_index from the proof against tree_size: NOTE, done by PathLength.
        if (Path.Count != PathLength(LeafIndex, TreeSize))
        {
            return false;
        }

        // 2. Set two variables, fn to leaf_index and sn to tree_size - 1.
        var fn = (ulong)LeafIndex;
        var sn = (ulong)(TreeSize - 1);

        // 3. Set r to hash: NOTE, done above.
        // 4. For each value p in the inclusion_path array:
        foreach (var p in Path)
        {
            // 4a. If sn is 0, stop the iteration and fail.
            if (sn == 0)
            {
                return false;
            }

            // 4b. If LSB(fn) is set, or fn is equal to sn, then set r to HASH(0x01 || p || r), and
            //     if LSB(fn) is not set, right-shift both equally until LSB(fn) is set or fn is 0.
            if ((fn & 1) == 1 || fn == sn)
            {
                root = TreeHash.OfNode(p, root);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                // 4b, otherwise: set r to HASH(0x01 || r || p).
                root = TreeHash.OfNode(root, p);
            }

            // 4c. Finally, right-shift both fn and sn one time.
            fn >>= 1;
            sn >>= 1;
        }

        // 5. Compare sn to 0 (and r against the root hash: Verify does that).
        return sn == 0;
    }
}
