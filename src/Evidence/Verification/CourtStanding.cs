namespace Cinnabar.Evidence.Verification;

/// <summary>What a verifier knows of a court of an epoch. Source: docs/formats/pack.md, section 5.</summary>
public enum CourtStanding
{
    /// <summary>Only the governance log names it; anybody can make one up.</summary>
    SelfDeclared,

    /// <summary>Its genesis is in the pinned roster, but it did not itself agree to the epoch: the keys there are not shown to be its own.</summary>
    Unproven,

    /// <summary>Its genesis is in the pinned roster, and it agreed to the epoch with a key that leads back to that genesis.</summary>
    Known,
}
