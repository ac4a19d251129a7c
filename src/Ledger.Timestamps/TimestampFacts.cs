namespace Cinnabar.Ledger.Timestamps;

/// <summary>What a valid token says.</summary>
/// <param name="Time">When the authority saw the digest, UTC, on its own clock.</param>
/// <param name="Authority">Subject of the signer's certificate.</param>
/// <param name="SerialNumber">The authority's number of the token, hexadecimal.</param>
/// <param name="CertificateEnds">When the certificate ends. Stamp again before the chain's algorithms or keys do: docs/formats/timestamp.md, section 4.</param>
public sealed record TimestampFacts(DateTimeOffset Time, string Authority, string SerialNumber, DateTimeOffset CertificateEnds);
