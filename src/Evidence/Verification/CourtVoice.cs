using Cinnabar.Evidence.Governance;

namespace Cinnabar.Evidence.Verification;

/// <summary>What one court of an epoch says of a checkpoint.</summary>
/// <param name="Court">Who.</param>
/// <param name="Standing">What the verifier knows of it.</param>
/// <param name="TimeSeconds">Its clock when it cosigned, seconds since 1970-01-01 UTC; null when it does not vouch.</param>
public sealed record CourtVoice(CourtMember Court, CourtStanding Standing, long? TimeSeconds);
