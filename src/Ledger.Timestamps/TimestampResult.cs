namespace Cinnabar.Ledger.Timestamps;

/// <summary>What came of asking for a timestamp.</summary>
/// <param name="Verdict">Whether there is a token, or why not.</param>
/// <param name="Detail">For people: status, limit, the authority's own words. At most 200 characters; empty when valid.</param>
/// <param name="Token">DER of the TimeStampToken; empty unless valid.</param>
/// <param name="Facts">What it says; null unless valid.</param>
public sealed record TimestampResult(TimestampVerdict Verdict, string Detail, ReadOnlyMemory<byte> Token, TimestampFacts? Facts);
