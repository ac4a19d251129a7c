using Cinnabar.Evidence;

namespace Cinnabar.Station.Courts;

/// <summary>One court.</summary>
/// <param name="State">How it looks from here.</param>
/// <param name="HeardAt">When it last answered or asked; null when never since the start.</param>
/// <param name="Reason">Why it is not good, in words; empty when it is.</param>
internal sealed record CourtView(
    string Code, BilingualText Name, string Origin, bool IsSelf, CourtState State, DateTimeOffset? HeardAt, string Reason);
