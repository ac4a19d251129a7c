using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger;

/// <summary>Ends the writer for good; carries what <see cref="CourtLog.Health"/> will say.</summary>
internal sealed class LogStop(LogStopReason reason, string sentence, Exception? innerException = null) : Exception(sentence, innerException)
{
    public LogHealth Health { get; } = new(reason, sentence);

    public static LogStop From(LogStoreException exception) => new(
        exception.Failure switch
        {
            LogStoreFailure.Full => LogStopReason.StoreFull,
            LogStoreFailure.Conflict => LogStopReason.StoreConflict,
            LogStoreFailure.Corrupt => LogStopReason.HeadMismatch,
            _ => LogStopReason.StoreFailed,
        },
        exception.Message,
        exception);
}
