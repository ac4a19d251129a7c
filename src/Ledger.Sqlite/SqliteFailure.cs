using Cinnabar.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>Turns SQLite's result codes into the store's four kinds of failure.</summary>
internal static class SqliteFailure
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    public static LogStoreException Translate(SqliteException exception, string what) => new(
        exception.SqliteErrorCode switch
        {
            Full => LogStoreFailure.Full,
            // A row in the way is one that another writer put there: positions are never written twice.
            Busy or Locked or Constraint => LogStoreFailure.Conflict,
            Corrupt or NotADatabase => LogStoreFailure.Corrupt,
            _ => LogStoreFailure.Io,
        },
        $"SQLite could not {what} (code {exception.SqliteExtendedErrorCode}): {exception.Message}",
        exception);
}
