namespace Cinnabar.Seal.Outbox;

/// <summary>What a seal says of itself in its hello.</summary>
internal sealed record LaneIdentity(string Device, ReadOnlyMemory<byte> Boot, string Program);
