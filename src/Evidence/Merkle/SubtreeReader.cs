namespace Cinnabar.Evidence.Merkle;

/// <summary>Reads the hash of one complete subtree: that of the 2^<paramref name="level"/> leaves from <paramref name="index"/> · 2^<paramref name="level"/> on.</summary>
/// <param name="level">Height of the subtree, 0 (a leaf) to 62.</param>
/// <param name="index">Position among the subtrees of that height, from 0.</param>
/// <remarks>The caller asks only for subtrees that lie wholly inside the tree it named. What cannot be read is thrown as the reader's own exception.</remarks>
public delegate Digest SubtreeReader(int level, long index);
