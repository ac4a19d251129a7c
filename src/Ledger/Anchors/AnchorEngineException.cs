namespace Cinnabar.Ledger.Anchors;

/// <summary>An engine could not, or did not, do what it was asked.</summary>
public sealed class AnchorEngineException : Exception
{
    /// <summary>Names what failed.</summary>
    public AnchorEngineException(AnchorFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What kind of thing went wrong.</summary>
    public AnchorFailure Failure { get; }

    /// <summary>For <see cref="AnchorFailure.Lied"/>: the engine's answer, as it came. At most 4,096 bytes; empty for the others.</summary>
    public ReadOnlyMemory<byte> Evidence { get; init; }
}
