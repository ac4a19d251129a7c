namespace Cinnabar.Ledger.Storage;

/// <summary>What kind of thing went wrong in a store. Numbers are stable and never reused.</summary>
public enum LogStoreFailure
{
    /// <summary>The medium answered with an error.</summary>
    Io = 0,

    /// <summary>No room left.</summary>
    Full = 1,

    /// <summary>Somebody else writes, or has written, to the same store.</summary>
    Conflict = 2,

    /// <summary>What is stored is not what this program wrote.</summary>
    Corrupt = 3,
}
