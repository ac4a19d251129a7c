namespace Cinnabar.Evidence.Verification;

/// <summary>Outcome of checking one compact proof. Numbers are stable and never reused; lower means checked earlier.</summary>
/// <remarks>Source: docs/formats/cosignature.md, section 5, whose steps carry the same numbers.</remarks>
public enum ProofVerdict
{
    /// <summary>Every step passed: the statement is in the log, and enough courts vouch for it.</summary>
    Valid = 0,

    /// <summary>Step 1: not a tlog-proof in its one form around a checkpoint.</summary>
    NotAProof = 10,

    /// <summary>Step 2: the checkpoint is not signed by its log, or a cosignature by a court of the epoch does not verify.</summary>
    SignatureInvalid = 20,

    /// <summary>Step 3: fewer courts than q vouch in every epoch.</summary>
    NotFinal = 30,

    /// <summary>Step 4: the path does not lead from the statement to the checkpoint.</summary>
    NotIncluded = 40,
}
