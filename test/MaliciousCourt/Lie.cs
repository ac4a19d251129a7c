namespace Cinnabar.MaliciousCourt;

/// <summary>What the court does that no honest court does. Command line names are these in kebab case.</summary>
internal enum Lie
{
    /// <summary>None: it appends, pushes and cosigns as it should.</summary>
    None,

    /// <summary>Shows half of the courts one head and the others another one of the same size, and goes on with both histories.</summary>
    TwoFaces,

    /// <summary>Shows two histories at two sizes, once, and then keeps still: no head ever meets another of its size.</summary>
    TwoSizes,

    /// <summary>Shows all courts one history, then all of them a shorter other one, as if its disk had been put back.</summary>
    Rollback,

    /// <summary>Signs heads and tells of them, and gives nobody the entries.</summary>
    Withhold,

    /// <summary>Puts an entry into its log that a stranger signed.</summary>
    InvalidEntry,

    /// <summary>Puts hundreds of junk lines under its heads, so that a mirror's own lines have no room.</summary>
    LongNotes,

    /// <summary>Answers pushes with cosignatures that do not verify.</summary>
    FalseCosignatures,

    /// <summary>Answers pushes with its cosignature of another head.</summary>
    OldCosignatures,

    /// <summary>Answers pushes with its genuine cosignature below junk in the names of the honest courts.</summary>
    StolenVoices,

    /// <summary>Answers every push with 409 and a size that it does not hold.</summary>
    FalseSize,

    /// <summary>Answers pushes with what is no answer, in a character set that nobody knows.</summary>
    Garbage,

    /// <summary>Answers, much later than anybody waits for.</summary>
    Slow,

    /// <summary>Tells of heads and forks of honest courts that it signed itself.</summary>
    FalseEvidence,
}
