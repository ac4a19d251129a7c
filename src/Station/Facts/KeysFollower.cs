using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Facts;

/// <summary>Keeps the court's statements about keys apart, so that a start need not read the whole log for them.</summary>
internal sealed class KeysFollower(CourtLog log, StationDatabase database, KeyRegister keys) : Follower(Name, log, database)
{
    private const string Name = "keys";

    protected override void Apply(SequencedFact fact, SqliteTransaction transaction)
    {
        if (KeyRegister.IsAboutKeys(fact.Statement))
        {
            transaction.Connection!.Execute(
                "INSERT OR IGNORE INTO key_statement VALUES (@Index, @bytes)",
                new { fact.Index, bytes = fact.Statement.Bytes.ToArray() }, transaction);
        }
    }

    // What waited for the log over a restart is not in the register yet.
    protected override ValueTask AppliedAsync(SequencedFact fact, CancellationToken cancellationToken)
    {
        if (KeyRegister.IsAboutKeys(fact.Statement))
        {
            keys.Apply(fact.Statement);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The register as the log has it now: what was kept, then what came after.</summary>
    public static KeyRegister Load(CourtLog log, StationDatabase database, GenesisFact genesis)
    {
        database.Migrate("""
            CREATE TABLE IF NOT EXISTS key_statement(position INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS follower(name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
            """);
        var register = new KeyRegister();
        register.Apply(genesis.Statement);
        foreach (var bytes in database.Read(c => c.Query<byte[]>("SELECT bytes FROM key_statement ORDER BY position").AsList()))
        {
            Take(register, bytes, database.Health);
        }

        var position = database.Read(c => c.QuerySingleOrDefault<long?>("SELECT position FROM follower WHERE name = @Name", new { Name })) ?? 0;
        while (log.ReadEntries(position, CourtLog.ReadEntriesMax) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                Take(register, entry.Bytes.Span, database.Health);
            }

            position += entries.Count;
        }

        return register;
    }

    // The court's signature is checked again: whoever can write to these files must not be able to name a key.
    private static void Take(KeyRegister register, ReadOnlySpan<byte> bytes, HealthBoard health)
    {
        if (Statement.TryParse(bytes, out var statement, out _) != StatementVerdict.Valid || !KeyRegister.IsAboutKeys(statement!))
        {
            return;
        }

        if (register.TryVerify(statement!, out _, out var refusal) == StatementVerdict.Valid)
        {
            register.Apply(statement!);
        }
        else
        {
            health.Report("keys", HealthLevel.Failed, $"{statement!.Kind} {statement.Hash} is not the court's: {refusal} Run: cinnabar-station fsck");
        }
    }
}
