namespace Cinnabar.Evidence.Checkpoints;

/// <summary>Outcome of checking a signed checkpoint. Numbers are stable and never reused; lower means checked earlier.</summary>
/// <remarks>Source: docs/formats/checkpoint.md, section 4, whose steps carry the same numbers.</remarks>
public enum CheckpointVerdict
{
    /// <summary>Every step passed.</summary>
    Valid = 0,

    /// <summary>Step 1: longer than <see cref="SignedNote.LengthMax"/>.</summary>
    TooLong = 10,

    /// <summary>Step 2: not a signed note in its one encoding.</summary>
    NotANote = 20,

    /// <summary>Step 3: the text is not origin, size and root, each on its line.</summary>
    NotACheckpoint = 30,

    /// <summary>Step 4: it speaks of another log.</summary>
    WrongOrigin = 40,

    /// <summary>Step 5: a line claims a key that is known, and its signature does not verify.</summary>
    SignatureInvalid = 50,

    /// <summary>Step 6: none of the known keys signed it.</summary>
    SignatureMissing = 60,
}
