namespace Cinnabar.Evidence.Cosigning;

/// <summary>Outcome of checking evidence of a fork. Numbers are stable and never reused; lower means checked earlier.</summary>
/// <remarks>Source: docs/formats/fork.md, section 2, whose steps carry the same numbers.</remarks>
public enum ForkVerdict
{
    /// <summary>The owner signed two histories.</summary>
    Valid = 0,

    /// <summary>Step 1: too long, not in the CBOR subset, another version or shape.</summary>
    Malformed = 10,

    /// <summary>Step 2: a head is not the log's, or not signed by its owner.</summary>
    NotSigned = 20,

    /// <summary>Step 3: both heads may belong to one history, or nothing shows that they do not.</summary>
    NoFork = 30,
}
