using Cinnabar.Evidence;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Ledger;

/// <summary>Makes the receipt for one entry: signs the root with the log's key and puts the path beside it.</summary>
/// <param name="proof">The entry's index, a tree size of at least 2, and the path.</param>
/// <param name="root">The root of the tree of that size, which the log has signed already.</param>
/// <remarks>
/// Called by several threads at once. All receipts of one tree size sign the same bytes, so an implementation may keep
/// the signature of the last root.
/// </remarks>
public delegate byte[] ReceiptFactory(InclusionProof proof, Digest root);
