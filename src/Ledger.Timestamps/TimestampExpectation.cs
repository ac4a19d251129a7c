using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Timestamps;

/// <summary>What a token must say.</summary>
/// <param name="Imprint">SHA-256 of what was stamped.</param>
public sealed record TimestampExpectation(Digest Imprint)
{
    /// <summary>The request's nonce, big-endian without leading zeros. Empty for a token that was accepted before: its nonce has done its work.</summary>
    public ReadOnlyMemory<byte> Nonce { get; init; }

    /// <summary>Not made before this: the request, or when the stamped thing came to be.</summary>
    public DateTimeOffset Earliest { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Not made after this: the answer, or now.</summary>
    public DateTimeOffset Latest { get; init; } = DateTimeOffset.MaxValue;
}
