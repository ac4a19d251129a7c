namespace Cinnabar.Station.Courts;

/// <summary>One court about one log.</summary>
/// <param name="Size">Of the largest head under which its cosignature is known here; null when none is.</param>
/// <param name="At">The cosigner's clock.</param>
/// <param name="Vouches">True when it is one of those that made the newest final head final.</param>
internal sealed record VoiceView(string Code, long? Size, DateTimeOffset? At, bool Vouches);
