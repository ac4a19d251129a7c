namespace Cinnabar.Ledger.Timestamps;

/// <summary>Outcome of asking for, or checking, one timestamp. Numbers are stable and never reused; lower means checked earlier.</summary>
/// <remarks>Source: docs/formats/timestamp.md, section 3, whose steps carry the same numbers.</remarks>
public enum TimestampVerdict
{
    /// <summary>Every step passed: a trusted authority saw the digest at the time that the token says.</summary>
    Valid = 0,

    /// <summary>Step 1: the authority could not be reached, or not in time. Transient.</summary>
    NoAnswer = 10,

    /// <summary>Step 2: the authority answered with another HTTP status than 200. Transient.</summary>
    ErrorStatus = 20,

    /// <summary>Step 3: the answer is longer than <see cref="TimestampLimits.AnswerMaxBytes"/>.</summary>
    AnswerTooLong = 30,

    /// <summary>Step 4: the answer is not one TimeStampResp in DER.</summary>
    AnswerMalformed = 40,

    /// <summary>Step 5: the authority did not grant the request.</summary>
    NotGranted = 50,

    /// <summary>Step 6: the token is longer than <see cref="TimestampLimits.AnswerMaxBytes"/>.</summary>
    TokenTooLong = 60,

    /// <summary>Step 7: the bytes are not exactly one TimeStampToken.</summary>
    NotAToken = 70,

    /// <summary>Step 8: the imprint is not SHA-256, or the signer's digest is none of SHA-256, SHA-384 and SHA-512.</summary>
    WeakAlgorithm = 80,

    /// <summary>Step 9: another digest was stamped than the one asked for.</summary>
    WrongImprint = 90,

    /// <summary>Step 10: the nonce is missing or another one: an answer to somebody else, or an old one.</summary>
    WrongNonce = 100,

    /// <summary>Step 11: the signer's certificate is not in the token.</summary>
    CertificateMissing = 110,

    /// <summary>Step 12: the certificate is not for time stamping alone (extended key usage, critical).</summary>
    WrongPurpose = 120,

    /// <summary>Step 13: the certificate was not valid at the token's time.</summary>
    CertificateNotValidThen = 130,

    /// <summary>Step 14: the signature, or the hash of the certificate in it, is wrong.</summary>
    SignatureInvalid = 140,

    /// <summary>Step 15: the certificate does not lead to one of the given roots.</summary>
    NotTrusted = 150,

    /// <summary>Step 16: the token's time is outside of the window in which it must have been made.</summary>
    TimeOutOfWindow = 160,
}
