using System.Collections.Immutable;

namespace Cinnabar.Seal.Custody;

/// <summary>
/// The answer to one reading. Actions come in the order in which to start them (siren, voice, camera);
/// none waits for a fact to be signed.
/// </summary>
internal sealed record CustodyOutcome(
    CustodyState State,
    ImmutableArray<Fact> Facts,
    ImmutableArray<CustodyAction> Actions);
