using Cinnabar.Evidence.Checkpoints;

namespace Cinnabar.Ledger.Courts;

/// <summary>A head that the owner signed and that lies beyond what the mirror holds.</summary>
/// <param name="Checkpoint">What it says.</param>
/// <param name="Note">As it was signed.</param>
internal sealed record SeenHead(Checkpoint Checkpoint, ReadOnlyMemory<byte> Note);
