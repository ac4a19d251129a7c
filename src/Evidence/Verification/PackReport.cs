using Cinnabar.Evidence.Anchoring;

namespace Cinnabar.Evidence.Verification;

/// <summary>What came of checking a pack: one verdict, and what it rests on.</summary>
/// <remarks>Immutable. What the pack says of itself (<see cref="Court"/> and on) is to be shown only when <see cref="IsValid"/>.</remarks>
public sealed record PackReport
{
    /// <summary>The one answer.</summary>
    public bool IsValid => Verdict == PackVerdict.Valid;

    /// <summary>The verdict.</summary>
    public required PackVerdict Verdict { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required BilingualText Sentence { get; init; }

    /// <summary>For experts: what was wrong where; empty when valid.</summary>
    public required string Detail { get; init; }

    /// <summary>Every step in order, reached or not.</summary>
    public required IReadOnlyList<PackStep> Steps { get; init; }

    /// <summary>What a reader must know beside the verdict.</summary>
    public required IReadOnlyList<PackFinding> Findings { get; init; }

    /// <summary>The court, or null when its genesis was not reached.</summary>
    public CourtGenesis? Court { get; init; }

    /// <summary>True when the court is in the roster that the verifier pinned; false when only the pack vouches for it.</summary>
    public bool IsCourtPinned { get; init; }

    /// <summary>Entries in the log at the pack's checkpoint.</summary>
    public long TreeSize { get; init; }

    /// <summary>Number of statements.</summary>
    public int Statements { get; init; }

    /// <summary>Number of originals.</summary>
    public int Originals { get; init; }

    /// <summary>Which courts vouch for the checkpoint; null when step 22 was not passed, as where the court stands alone.</summary>
    public PackFinality? Finality { get; init; }

    /// <summary>Where an anchor chain holds the checkpoint, by the pack's own account; null when step 23 was not passed.</summary>
    public AnchorExcerpt? Anchor { get; init; }
}
