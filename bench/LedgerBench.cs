using System.Diagnostics;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Fsck;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Bench;

/// <summary>
/// How many verified, durable statements one court node takes, and how long an acknowledgement takes at half of that; beside it what the
/// parts cost alone on the same machine.
/// </summary>
internal static class LedgerBench
{
    private const int Devices = 1000;
    private const int WarmUp = 10_000;
    private const int HalfLoadSeconds = 10;

    /// <summary>Measures in a folder of its own below the temporary path, or below <paramref name="folder"/>, which names the disk.</summary>
    /// <param name="runs">Runs at full load; the median and the worst are reported.</param>
    /// <param name="statementsPerRun">Statements of each run; 100,000 take about ten seconds.</param>
    public static async Task<object> RunAsync(int runs, int statementsPerRun, string? folder, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(Path.Combine(folder ?? Path.GetTempPath(), "cinnabar-bench-" + Guid.NewGuid().ToString("n")));
        try
        {
            using var load = new LedgerLoad(Devices);
            using var key = new EcdsaSigningKey(System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256));
            var path = Path.Combine(directory.FullName, "log.db");
            var identity = new CourtLogIdentity(new CheckpointSigner("bench.example/log", key), "genesis"u8.ToArray(), new ReceiptIssuer("bench.example/log", key));
            var writing = await WriteAsync(path, identity, load, runs, statementsPerRun, cancellationToken);
            var reopened = await ReopenAsync(path, identity, load, cancellationToken);
            return Report(directory, path, load, (runs, statementsPerRun), writing, reopened);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<Writing> WriteAsync(
        string path, CourtLogIdentity identity, LedgerLoad load, int runs, int statementsPerRun, CancellationToken cancellationToken)
    {
        using var store = SqliteLogStore.Open(path);
        await using var log = CourtLog.Open(store, identity, load.Check, new CourtLogOptions(), TimeProvider.System);
        await FullLoadAsync(log, load.Make(WarmUp), cancellationToken);
        var rates = new List<double>();
        long allocated = 0;
        for (var run = 0; run < runs; run++)
        {
            var statements = load.Make(statementsPerRun);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            rates.Add(await FullLoadAsync(log, statements, cancellationToken));
            allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        rates.Sort();
        var median = rates[rates.Count / 2];
        var latencies = await HalfLoadAsync(log, load.Make((int)(median / 2 * HalfLoadSeconds)), median / 2, cancellationToken);
        return new Writing(median, rates[0], allocated / ((long)runs * statementsPerRun), latencies);
    }

    private static object Report(
        DirectoryInfo directory, string path, LedgerLoad load, (int Runs, int Statements) size, Writing writing, Reopened reopened)
    {
        var sample = load.Make(20_000);
        return new
        {
            goal = "at least 9,000 verified durable statements/s; acknowledgement p99 at most 60 ms at half load",
            file_system = new DriveInfo(directory.FullName).DriveFormat,
            load = new { devices = Devices, statement_bytes = sample[0].Length, runs = size.Runs, statements_per_run = size.Statements },
            verified_durable_statements_per_s = new { median = Math.Round(writing.MedianRate), worst = Math.Round(writing.WorstRate) },
            ack_ms_at_half_load = new
            {
                per_s = Math.Round(writing.MedianRate / 2),
                p50 = At(writing.LatenciesMs, 0.50), p99 = At(writing.LatenciesMs, 0.99), max = At(writing.LatenciesMs, 1),
            },
            allocated_bytes_per_statement = writing.AllocatedPerStatement,
            stored_bytes_per_raw_byte = Math.Round(new FileInfo(path).Length / (double)(reopened.Size * sample[0].Length), 3),
            restart_ms = Math.Round(reopened.RestartMs, 1),
            fsck_entries_per_s = new { hashes_only = Math.Round(reopened.FsckRate), with_every_signature = Math.Round(reopened.RevalidateRate) },
            peers_on_the_same_machine = new
            {
                ecdsa_p256_verify_per_s = new { one_core = Math.Round(LedgerPeers.VerifyRate(1)), all_cores = Math.Round(LedgerPeers.VerifyRate(Environment.ProcessorCount)) },
                sqlite_insert_per_s_batch_256_no_verification = Math.Round(LedgerPeers.RawInsertRate(Path.Combine(directory.FullName, "peer.db"), sample)),
            },
        };
    }

    /// <summary>Every device keeps one statement on its way and sends the next when it is acknowledged.</summary>
    private static async Task<double> FullLoadAsync(CourtLog log, byte[][] statements, CancellationToken cancellationToken)
    {
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Devices).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < statements.Length)
            {
                Require(await log.AppendAsync(statements[i], cancellationToken));
            }
        }));
        return statements.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Statements leave at a fixed rate whatever comes back; each is timed from the moment it was due.</summary>
    private static async Task<double[]> HalfLoadAsync(CourtLog log, byte[][] statements, double perSecond, CancellationToken cancellationToken)
    {
        var latencies = new double[statements.Length];
        var answers = new Task[statements.Length];
        var start = Stopwatch.GetTimestamp();
        await Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < statements.Length; i++)
                {
                    var due = TimeSpan.FromSeconds(i / perSecond);
                    while (Stopwatch.GetElapsedTime(start) < due)
                    {
                        Thread.Sleep(1);
                    }
                    answers[i] = TimeAsync(i, due);
                }
            },
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(answers);
        Array.Sort(latencies);
        return latencies;

        async Task TimeAsync(int i, TimeSpan due)
        {
            Require(await log.AppendAsync(statements[i], cancellationToken));
            latencies[i] = (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds;
        }
    }

    private static async Task<Reopened> ReopenAsync(
        string path, CourtLogIdentity identity, LedgerLoad load, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var store = SqliteLogStore.Open(path);
        await using var log = CourtLog.Open(store, identity, load.Check, new CourtLogOptions(), TimeProvider.System);
        var restartMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var hashesOnly = await FsckRateAsync(store, identity, null, cancellationToken);
        var revalidate = await FsckRateAsync(
            store, identity, entry => entry.Index == 0 ? null : load.Check(entry.Bytes)?.Sentence, cancellationToken);
        return new Reopened(restartMs, log.Head.Size, hashesOnly, revalidate);
    }

    private static async Task<double> FsckRateAsync(SqliteLogStore store, CourtLogIdentity identity, EntryCheck? check, CancellationToken cancellationToken)
    {
        using var key = new VerificationKey(identity.Signer.PublicKey);
        var start = Stopwatch.GetTimestamp();
        var report = await new LogFsck(new StoreTileSource(store), check)
            .RunAsync(identity.Signer.Origin, [new NoteKey(identity.Signer.Origin, key)], null, cancellationToken);
        return report.IsSound
            ? report.EntriesChecked / Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"The measured log is not sound: {report.Sentence}");
    }

    private static double At(double[] sorted, double share) => Math.Round(sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)], 2);

    private static void Require(AppendResult result)
    {
        if (result.Status != AppendStatus.Sequenced)
        {
            throw new InvalidOperationException($"An append was answered {result.Status}: {result.Refusal?.Sentence}");
        }
    }

    private sealed record Writing(double MedianRate, double WorstRate, long AllocatedPerStatement, double[] LatenciesMs);

    private sealed record Reopened(double RestartMs, long Size, double FsckRate, double RevalidateRate);
}
