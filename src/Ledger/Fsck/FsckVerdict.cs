namespace Cinnabar.Ledger.Fsck;

/// <summary>Outcome of checking a whole log. Numbers are stable and never reused; lower means checked earlier.</summary>
public enum FsckVerdict
{
    /// <summary>Every entry, tile and root agrees with the signed checkpoint.</summary>
    Sound = 0,

    /// <summary>Step 1: there is no checkpoint.</summary>
    CheckpointMissing = 10,

    /// <summary>Step 1: the checkpoint was refused; the sentence names the <c>CheckpointVerdict</c>.</summary>
    CheckpointRefused = 11,

    /// <summary>Step 2: a bundle of entries is not there.</summary>
    EntriesMissing = 20,

    /// <summary>Step 2: a bundle does not hold the entries it should.</summary>
    EntriesMalformed = 21,

    /// <summary>Step 3: the court's own check refused an entry.</summary>
    EntryRefused = 30,

    /// <summary>Step 4: a tile is not there.</summary>
    TileMissing = 40,

    /// <summary>Step 4: a tile does not have its length.</summary>
    TileMalformed = 41,

    /// <summary>Step 4: a tile of leaf hashes does not follow from the entries.</summary>
    EntryMismatch = 42,

    /// <summary>Step 5: a higher tile does not follow from the tiles below.</summary>
    TileMismatch = 50,

    /// <summary>Step 6: the root does not follow from the entries.</summary>
    RootMismatch = 60,
}
