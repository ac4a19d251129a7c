using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Storage;

/// <summary>The head as it lies in a store; not yet compared with anything.</summary>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root over them.</param>
/// <param name="Frontier">The encoded frontier, which must lead to the same root.</param>
public sealed record StoredHead(long Size, Digest Root, ReadOnlyMemory<byte> Frontier);
