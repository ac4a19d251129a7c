using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Ledger.Sqlite;

/// <summary>One SQL text without parameters, said once: pragmas, schema, BEGIN and COMMIT. What is said often is prepared where it is used.</summary>
internal static class SqliteSpeech
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row as text; empty where there is none.</summary>
    public static string Ask(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }
}
