namespace Cinnabar.Ledger;

/// <summary>The steps of one commit in their order; a process may die after any of them.</summary>
public enum LogStep
{
    /// <summary>A batch was taken from the queue; nothing is written.</summary>
    BatchTaken,

    /// <summary>The store's transaction is open.</summary>
    TransactionBegun,

    /// <summary>Entries and their ids are written, not committed.</summary>
    EntriesWritten,

    /// <summary>Tiles are written, not committed.</summary>
    TilesWritten,

    /// <summary>The new head, which is the intent to sign it, is written, not committed.</summary>
    HeadWritten,

    /// <summary>Entries, tiles and head are durable. Nothing is signed.</summary>
    Committed,

    /// <summary>The checkpoint is signed. It is not stored.</summary>
    Signed,

    /// <summary>The signed checkpoint is durable. Nobody has been told.</summary>
    CheckpointSaved,

    /// <summary>Acknowledgements and the new head are out.</summary>
    Released,

    /// <summary>The store has done its housekeeping.</summary>
    Tidied,
}
