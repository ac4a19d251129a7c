using Cinnabar.Evidence.Anchoring;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Evidence.Packs;

/// <summary>What goes into an evidence pack.</summary>
public sealed record PackContent
{
    /// <summary>The court whose log it is.</summary>
    public required CourtGenesis Court { get; init; }

    /// <summary>The signed checkpoint that all receipts lead to; where courts watch each other, with the cosignatures that make it final.</summary>
    public required ReadOnlyMemory<byte> Checkpoint { get; init; }

    /// <summary>
    /// The statements, in any order: the genesis, the enrolment of every signing device and officer, and what is to be
    /// proven. All receipts are of the tree of the checkpoint.
    /// </summary>
    public required IReadOnlyList<PackStatement> Statements { get; init; }

    /// <summary>The originals, in any order, each vouched for by one of the statements.</summary>
    public IReadOnlyList<PackOriginal> Originals { get; init; } = [];

    /// <summary>The governance log of the courts that watch each other; null where this court stands alone.</summary>
    public GovernanceLog? Governance { get; init; }

    /// <summary>Where an anchor chain holds the checkpoint; null where none is known to.</summary>
    public AnchorExcerpt? Anchor { get; init; }
}
