using System.Numerics;

namespace Cinnabar.Evidence.Merkle;

/// <summary>The claim that a tree begins with an older tree unchanged, with the hashes that prove it. Untrusted until verified.</summary>
/// <param name="OldSize">Number of leaves of the older tree.</param>
/// <param name="NewSize">Number of leaves of the newer tree.</param>
/// <param name="Path">Hashes of subtrees; empty when the sizes are equal or the older tree is empty. Not copied: the giver must not change it.</param>
/// <remarks>Any values may be put in; <see cref="Verify"/> refuses the impossible ones. Immutable, safe for concurrent callers.</remarks>
public sealed record ConsistencyProof(long OldSize, long NewSize, IReadOnlyList<Digest> Path)
{
    /// <summary>The number of hashes an honest path has, or −1 when the sizes cannot belong together.</summary>
    public static int PathLength(long oldSize, long newSize)
    {
        if (oldSize < 0 || oldSize > newSize || newSize > MerkleTree.SizeMax)
        {
            return -1;
        }
        if (oldSize == 0 || oldSize == newSize)
        {
            return 0;
        }
        // The path of the old tree's last leaf in the new tree, from the largest complete subtree that ends with it;
        // one hash more for that subtree itself, unless it is the whole old tree, whose root the verifier holds.
        var whole = BitOperations.TrailingZeroCount(oldSize);
        return InclusionProof.PathLength(oldSize - 1, newSize) - whole + (BitOperations.IsPow2(oldSize) ? 0 : 1);
    }

    /// <summary>True when the path proves that the tree under <paramref name="newRoot"/> begins with the tree under <paramref name="oldRoot"/>.</summary>
    /// <remarks>RFC 9162 section 2.1.4.2, with the two cases it leaves out: equal sizes, and an empty older tree.</remarks>
    public bool Verify(Digest oldRoot, Digest newRoot)
    {
        // 0. The path has exactly the length that the sizes demand (not in the RFC, which finds out on the way).
        if (Path.Count != PathLength(OldSize, NewSize))
        {
            return false;
        }
        if (OldSize == 0)
        {
            return oldRoot == TreeHash.OfEmptyTree && (NewSize > 0 || newRoot == TreeHash.OfEmptyTree);
        }
        if (OldSize == NewSize)
        {
            return oldRoot == newRoot;
        }

        // 1. If consistency_path is an empty array, stop and fail: NOTE, step 0 has seen to it.
        // 2. If first is an exact power of 2, then prepend first_hash to the consistency_path array.
        var prepended = BitOperations.IsPow2(OldSize);

        // 3. Set two variables, fn to first - 1 and sn to second - 1.
        var fn = (ulong)(OldSize - 1);
        var sn = (ulong)(NewSize - 1);

        // 4. If LSB(fn) is set, then right-shift both fn and sn equally until LSB(fn) is not set.
        while ((fn & 1) == 1)
        {
            fn >>= 1;
            sn >>= 1;
        }

        // 5. Set both fr and sr to the first value in the consistency_path array.
        var fr = prepended ? oldRoot : Path[0];
        var sr = fr;

        // 6. For each subsequent value c in the consistency_path array:
        for (var i = prepended ? 0 : 1; i < Path.Count; i++)
        {
            // 6a. If sn is 0, then stop the iteration and fail.
            if (sn == 0)
            {
                return false;
            }
            Fold(Path[i], ref fn, ref sn, ref fr, ref sr);
        }

        // 7. The proof holds if fr is equal to first_hash, sr is equal to second_hash, and sn is 0.
        return fr == oldRoot && sr == newRoot && sn == 0;
    }

    private static void Fold(Digest c, ref ulong fn, ref ulong sn, ref Digest fr, ref Digest sr)
    {
        // 6b. If LSB(fn) is set, or fn is equal to sn, then set fr to HASH(0x01 || c || fr), set sr to HASH(0x01 || c || sr),
        //     and if LSB(fn) is not set, right-shift both equally until LSB(fn) is set or fn is 0.
        if ((fn & 1) == 1 || fn == sn)
        {
            fr = TreeHash.OfNode(c, fr);
            sr = TreeHash.OfNode(c, sr);
            while ((fn & 1) == 0 && fn != 0)
            {
                fn >>= 1;
                sn >>= 1;
            }
        }
        else
        {
            // 6b, otherwise: set sr to HASH(0x01 || sr || c).
            sr = TreeHash.OfNode(sr, c);
        }

        // 6c. Finally, right-shift both fn and sn one time.
        fn >>= 1;
        sn >>= 1;
    }
}
