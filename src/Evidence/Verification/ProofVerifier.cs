using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Verification;

/// <summary>Checks a compact proof that a statement is in a log for which courts vouch, offline.</summary>
/// <remarks>
/// Says nothing of the statement's own signature: whose key that is, a pack shows. Stateless, safe for concurrent callers.
/// Source: docs/formats/cosignature.md, section 5.
/// </remarks>
public static class ProofVerifier
{
    /// <summary>Runs the steps until one refuses.</summary>
    /// <param name="proof">The tlog-proof, untrusted.</param>
    /// <param name="statement">All bytes of the statement.</param>
    /// <param name="governance">The courts that watch each other.</param>
    /// <param name="pinned">The courts that the caller believes in; null for none.</param>
    /// <param name="finality">Who vouches; when the verdict is <see cref="ProofVerdict.Valid"/>.</param>
    public static ProofVerdict Verify(
        ReadOnlySpan<byte> proof, ReadOnlySpan<byte> statement, GovernanceLog governance, CourtRoster? pinned, out PackFinality? finality)
    {
        ArgumentNullException.ThrowIfNull(governance);
        finality = null;

        // 1. The one form, around a checkpoint.
        if (!TlogProof.TryParse(proof, out var parsed) || !SignedNote.TryParse(parsed!.Note.Span, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            return ProofVerdict.NotAProof;
        }

        // 2. Every signature of the log and of the courts.
        if (FinalityVerifier.Verify(governance, parsed.Note.Span, checkpoint.Origin, out var vouched) != CheckpointVerdict.Valid)
        {
            return ProofVerdict.SignatureInvalid;
        }

        // 3. q courts of one epoch, as for a pack.
        if (vouched is not { IsFinal: true })
        {
            return ProofVerdict.NotFinal;
        }

        // 4. The path.
        if (!new InclusionProof(parsed.Index, checkpoint.Size, parsed.Path).Verify(TreeHash.OfLeaf(statement), checkpoint.Root))
        {
            return ProofVerdict.NotIncluded;
        }

        finality = PackFinality.Of(vouched, governance, pinned);
        return ProofVerdict.Valid;
    }
}
