using Cinnabar.Evidence;

namespace Cinnabar.Ledger;

/// <summary>The newest head of the log that is durable and signed. Immutable.</summary>
/// <param name="Size">Number of entries; 0 only where a damaged log could not name any signed head.</param>
/// <param name="Root">Root hash over them.</param>
/// <param name="Checkpoint">The signed note, docs/formats/checkpoint.md; empty with size 0.</param>
public sealed record LogHead(long Size, Digest Root, ReadOnlyMemory<byte> Checkpoint);
