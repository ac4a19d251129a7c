namespace Cinnabar.Evidence.Verification;

/// <summary>Outcome of checking one evidence pack. Numbers are stable and never reused; lower means checked earlier.</summary>
/// <remarks>Source: docs/formats/pack.md, section 4, whose steps carry the same numbers. No verdict is transient: the same bytes get the same answer for ever.</remarks>
public enum PackVerdict
{
    /// <summary>Every step passed.</summary>
    Valid = 0,

    /// <summary>Step 1: not a zip in the one permitted form.</summary>
    NotCanonical = 10,

    /// <summary>Step 2: more or larger files than a pack may hold.</summary>
    LimitExceeded = 20,

    /// <summary>Step 3: the manifest is missing, malformed or contradicts itself.</summary>
    ManifestInvalid = 30,

    /// <summary>Step 4: the manifest names a file that is not there, or a file is there that it does not name.</summary>
    FilesIncomplete = 40,

    /// <summary>Step 5: a statement's bytes are not those the manifest names.</summary>
    StatementAltered = 50,

    /// <summary>Step 5: a receipt's bytes are not those the manifest names.</summary>
    ReceiptAltered = 51,

    /// <summary>Step 5: an original's bytes are not those the manifest names.</summary>
    OriginalAltered = 52,

    /// <summary>Step 5: another file's bytes are not those the manifest names.</summary>
    DocumentAltered = 53,

    /// <summary>Step 6: the roster inside is not one genuine genesis statement of the manifest's log.</summary>
    RosterInvalid = 60,

    /// <summary>Step 7: the verifier pinned a roster, and this court, with these keys, is not in it.</summary>
    RosterNotPinned = 70,

    /// <summary>Step 8: the checkpoint is not the log's, or not signed with its key.</summary>
    CheckpointInvalid = 80,

    /// <summary>Step 9: a statement breaks steps 1 to 9 of docs/formats/statement.md.</summary>
    StatementMalformed = 90,

    /// <summary>Step 10: a receipt does not prove its statement under the log's key.</summary>
    ReceiptInvalid = 100,

    /// <summary>Step 11: receipts, checkpoint, order and genesis do not speak of one log at one moment.</summary>
    LogInconsistent = 110,

    /// <summary>Step 12: no earlier statement of the court vouches for a signing key.</summary>
    KeyNotTrusted = 120,

    /// <summary>Step 13: a statement's signature is wrong.</summary>
    SignatureInvalid = 130,

    /// <summary>Step 14: somebody stated what only another may state.</summary>
    IssuerNotEntitled = 140,

    /// <summary>Step 15: the statements of one device cannot all stand in one chain.</summary>
    ChainBroken = 150,

    /// <summary>Step 16: no statement vouches for an original, or for a part of it.</summary>
    OriginalNotVouched = 160,

    /// <summary>Step 17: the parts of a clip are not in the order they were taken.</summary>
    ClipReordered = 170,

    /// <summary>Step 18: the manifest names other statements as vouching for an original than those that do.</summary>
    VouchingWrong = 180,

    /// <summary>Step 19: the index or the README says something else than follows from the statements.</summary>
    IndexNotDerived = 190,

    /// <summary>Step 20: the governance log breaks docs/formats/governance.md, section 4.</summary>
    GovernanceInvalid = 200,

    /// <summary>Step 21: the epochs name another court, or other keys of this one, than the roster inside or the pinned one.</summary>
    EpochContradicts = 210,

    /// <summary>Step 22: a cosignature by a court of the epoch does not verify.</summary>
    CosignatureInvalid = 220,

    /// <summary>Step 22: fewer courts than q vouch for the checkpoint in every epoch.</summary>
    NotFinal = 221,

    /// <summary>Step 23: the anchor excerpt is malformed or holds another checkpoint.</summary>
    AnchorInvalid = 230,
}
