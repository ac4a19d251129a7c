using System.Diagnostics;
using System.Security.Cryptography;
using Cinnabar.Evidence.Cose;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Bench;

/// <summary>What the parts of the log cost alone on the same machine.</summary>
internal static class LedgerPeers
{
    private const int Batch = 256;

    /// <summary>The same library's ES256 alone, keys cached: the ceiling of anything that verifies.</summary>
    public static double VerifyRate(int threads)
    {
        const int PerThread = 20_000;
        using var signing = new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        using var key = new VerificationKey(signing.PublicKey);
        var data = new byte[400];
        var signature = signing.Sign(data);
        var start = Stopwatch.GetTimestamp();
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < PerThread; i++)
            {
                if (!key.Verify(data, signature))
                {
                    throw new InvalidOperationException("A good signature was refused.");
                }
            }
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return threads * PerThread / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The same engine with the same durability, storing the same bytes, and nothing else.</summary>
    public static double RawInsertRate(string path, byte[][] rows)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var setUp = connection.CreateCommand();
        setUp.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL)";
        setUp.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO entry (bytes) VALUES ($1)";
        var bytes = insert.Parameters.Add("$1", SqliteType.Blob);
        var start = Stopwatch.GetTimestamp();
        foreach (var batch in rows.Chunk(Batch))
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var row in batch)
            {
                bytes.Value = row;
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        return rows.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
