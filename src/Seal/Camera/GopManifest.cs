namespace Cinnabar.Seal.Camera;

/// <summary>What a signed manifest says about one GOP; signed and chained elsewhere.</summary>
/// <param name="StreamId">The encoder start.</param>
/// <param name="InitSha256">Hash of the init segment the fragments need.</param>
/// <param name="FirstIndex">Index of the first fragment; the others follow without a gap.</param>
/// <param name="FragmentSha256">Hash of each fragment in order; 1 to <see cref="GopDigest.FragmentsMax"/>.</param>
/// <param name="First">When the device had the first fragment.</param>
/// <param name="Last">When it had the last.</param>
internal sealed record GopManifest(
    uint StreamId,
    ReadOnlyMemory<byte> InitSha256,
    uint FirstIndex,
    IReadOnlyList<ReadOnlyMemory<byte>> FragmentSha256,
    CaptureTime First,
    CaptureTime Last);
