namespace Cinnabar.Evidence.Statements;

/// <summary>Outcome of checking one statement. Numbers are stable and never reused; lower means checked earlier.</summary>
/// <remarks>Source: docs/formats/statement.md, section 5, whose steps carry the same numbers.</remarks>
public enum StatementVerdict
{
    /// <summary>Every step passed.</summary>
    Valid = 0,

    /// <summary>Step 1: longer than <see cref="Statement.LengthMax"/>.</summary>
    TooLong = 10,

    /// <summary>Step 2: not one tagged COSE_Sign1 in the deterministic subset.</summary>
    NotCanonical = 20,

    /// <summary>Step 3: the unprotected header is not empty; only a receipt may be added there, outside the log.</summary>
    UnprotectedNotEmpty = 30,

    /// <summary>Step 4: a label that docs/formats/statement.md does not name.</summary>
    UnknownLabel = 40,

    /// <summary>Step 5: the algorithm is not ES256.</summary>
    WrongAlgorithm = 50,

    /// <summary>Step 6: the type is not a Cinnabar statement.</summary>
    WrongType = 60,

    /// <summary>Step 7: key id, issuer, subject, kind or time is missing, of another type, or out of range.</summary>
    ClaimInvalid = 70,

    /// <summary>Step 8: boot id, sequence number and previous hash are incomplete or out of range.</summary>
    ChainInvalid = 80,

    /// <summary>Step 9: the body is not a map, or the hashed data's labels or length are wrong.</summary>
    BodyInvalid = 90,

    /// <summary>Step 10: the key id names another key than the one given.</summary>
    KeyMismatch = 100,

    /// <summary>Step 11: the signature's s is above half the group order, or the signature is not 64 bytes.</summary>
    SignatureNotLowS = 110,

    /// <summary>Step 12: the signature does not verify.</summary>
    SignatureInvalid = 120,
}
