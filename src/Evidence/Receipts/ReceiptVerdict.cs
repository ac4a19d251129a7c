namespace Cinnabar.Evidence.Receipts;

/// <summary>Outcome of checking one receipt. Numbers are stable and never reused; lower means checked earlier.</summary>
/// <remarks>Source: docs/formats/receipt.md, section 3, whose steps carry the same numbers.</remarks>
public enum ReceiptVerdict
{
    /// <summary>Every step passed: the log under the given key holds exactly this entry. Index and size are proven only beside a checkpoint of that size.</summary>
    Valid = 0,

    /// <summary>Step 1: longer than <see cref="Receipt.LengthMax"/>.</summary>
    TooLong = 10,

    /// <summary>Step 2: not one tagged COSE_Sign1 in the deterministic subset.</summary>
    NotCanonical = 20,

    /// <summary>Step 3: a label in header or claims that docs/formats/receipt.md does not name.</summary>
    UnknownLabel = 30,

    /// <summary>Step 4: the algorithm is not ES256.</summary>
    WrongAlgorithm = 40,

    /// <summary>Step 5: the verifiable data structure is not RFC9162_SHA256.</summary>
    WrongStructure = 50,

    /// <summary>Step 6: key id or issuer is missing, of another type, or out of range.</summary>
    ClaimInvalid = 60,

    /// <summary>Step 7: the unprotected header is not exactly one inclusion proof, or the proof has another shape.</summary>
    ProofMalformed = 70,

    /// <summary>Step 8: size, index and path length cannot belong together; a tree of size 1 has no receipt.</summary>
    ProofImpossible = 80,

    /// <summary>Step 9: the receipt is of another log than the one asked for.</summary>
    WrongLog = 90,

    /// <summary>Step 10: the key id names another key than the log's.</summary>
    KeyMismatch = 100,

    /// <summary>Step 11: an attached payload is not the root that entry and path lead to.</summary>
    PayloadNotRoot = 110,

    /// <summary>Step 12: the signature's s is above half the group order, or the signature is not 64 bytes.</summary>
    SignatureNotLowS = 120,

    /// <summary>Step 13: the signature is not the log's over the root that entry and path lead to.</summary>
    SignatureInvalid = 130,
}
