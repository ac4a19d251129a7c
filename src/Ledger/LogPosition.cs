namespace Cinnabar.Ledger;

/// <summary>How far a statement has come on its way into the record. The four are never blurred. Numbers are stable and never reused.</summary>
public enum LogPosition
{
    /// <summary>The station holds it in memory and has checked its signature. A crash may lose it; the seal still has it and sends it again.</summary>
    Received = 0,

    /// <summary>It has an index in the court's own log, is on disk, and stands under a checkpoint the court signed. The court alone vouches.</summary>
    Sequenced = 10,

    /// <summary>Enough other courts hold it, have checked it again, and have cosigned a checkpoint over it: q cosignatures after the log's genesis entry.</summary>
    Final = 20,

    /// <summary>The final checkpoint is ordered on the anchor chain or timestamped by a third party.</summary>
    Anchored = 30,
}
