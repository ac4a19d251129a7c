namespace Cinnabar.Station.Seals;

/// <summary>How far a fact's proof has come (design 2.4); the four are never blurred.</summary>
internal enum ProofState
{
    /// <summary>Verified and in memory.</summary>
    Received = 1,

    /// <summary>Durable in the court's log.</summary>
    Sequenced = 2,

    /// <summary>Cosigned by a quorum of courts.</summary>
    Final = 3,

    /// <summary>On the anchor chain.</summary>
    Anchored = 4,
}
