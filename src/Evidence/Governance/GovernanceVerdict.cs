namespace Cinnabar.Evidence.Governance;

/// <summary>Outcome of checking a governance log. Numbers are stable and never reused; lower means checked earlier.</summary>
/// <remarks>Source: docs/formats/governance.md, section 4, whose steps carry the same numbers.</remarks>
public enum GovernanceVerdict
{
    /// <summary>Every step passed.</summary>
    Valid = 0,

    /// <summary>Step 1: too long, not in the CBOR subset, another version, no or too many epochs.</summary>
    Malformed = 10,

    /// <summary>Step 2: an epoch breaks a rule by itself.</summary>
    EpochInvalid = 20,

    /// <summary>Step 3: numbers or hashes of the epochs do not follow each other.</summary>
    NotInSequence = 30,

    /// <summary>Step 4: a cosigner's key was used in an earlier epoch.</summary>
    KeyReused = 40,

    /// <summary>Step 5: an approval is malformed, of another document, by no court of either set, twice, or wrongly signed.</summary>
    ApprovalInvalid = 50,

    /// <summary>Step 6: fewer than q courts of the old or of the new set agreed.</summary>
    TooFewApprovals = 60,
}
