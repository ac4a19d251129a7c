namespace Cinnabar.Ledger.Storage;

/// <summary>A store could not do what it was asked.</summary>
public sealed class LogStoreException : Exception
{
    /// <summary>Names what failed.</summary>
    public LogStoreException(LogStoreFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What kind of thing went wrong.</summary>
    public LogStoreFailure Failure { get; }
}
