namespace Cinnabar.Seal.Camera;

/// <summary>The pictures of one trigger, chosen once its window closed.</summary>
/// <param name="Thumbnail">The small picture that went ahead; null when no frame came in the window.</param>
/// <param name="Pictures">Up to three, best first, at least 400 ms apart; empty when no frame came in the window.</param>
internal sealed record StillSet(Still? Thumbnail, IReadOnlyList<Still> Pictures);
