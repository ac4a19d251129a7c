using System.Diagnostics;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Sqlite;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Bench;

/// <summary>What several courts on one machine make final: how much, how fast, how fast with a long wire between them, and how a new court catches up.</summary>
internal static class CourtsBench
{
    private const int WorkersPerCourt = 200;
    private const int PacedPerSecond = 200;
    private const int PacedSeconds = 15;

    public static async Task<object> RunAsync(int courts, int runs, int statementsPerRun, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cinnabar-bench-");
        try
        {
            var near = await NearAsync(Path.Combine(folder.FullName, "near"), courts, runs, statementsPerRun, cancellationToken);
            var far = await FarAsync(Path.Combine(folder.FullName, "far"), courts, cancellationToken);
            return new
            {
                goal = "at least 2,500 final statements/s; final p50 at most 40 ms and p99 at most 200 ms at 200/s; p50 at most 140 ms with a round trip of 50 ms; "
                    + "a new court takes 1,000,000 entries in at most 75 s",
                how = $"{courts} whole stations in one process, TLS between them, a log and {courts - 1} mirrors on disk each; every statement verified by its own court and "
                    + $"{courts - 1} others, durable at q before it counts; load spread over all courts",
                file_system = new DriveInfo(folder.FullName).DriveFormat,
                near.final_per_s, near.final_ms_at_200_per_s, near.bytes, far_final_ms_at_200_per_s_rtt_50_ms = far, near.catch_up,
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(object final_per_s, Spread final_ms_at_200_per_s, object bytes, object catch_up)> NearAsync(
        string folder, int courts, int runs, int statementsPerRun, CancellationToken cancellationToken)
    {
        List<double> rates = [];
        Spread paced;
        await using (var bench = await BenchCourts.StartAsync(folder, courts, TimeSpan.Zero, cancellationToken))
        {
            await FullAsync(bench, 2_000, "warm", cancellationToken);
            paced = await PacedAsync(bench, cancellationToken);
            for (var run = 0; run < runs; run++)
            {
                rates.Add(await FullAsync(bench, statementsPerRun, $"run {run}", cancellationToken));
            }
        }

        rates.Sort();
        return (new { median = Math.Round(rates[rates.Count / 2]), worst = Math.Round(rates[0]) }, paced, Bytes(folder), CatchUp(folder, courts));
    }

    private static async Task<Spread> FarAsync(string folder, int courts, CancellationToken cancellationToken)
    {
        await using var bench = await BenchCourts.StartAsync(folder, courts, TimeSpan.FromMilliseconds(50), cancellationToken);
        await FullAsync(bench, 2_000, "warm", cancellationToken);
        return await PacedAsync(bench, cancellationToken);
    }

    /// <summary>Every court has so many statements on their way, and sends the next when one is final.</summary>
    private static async Task<double> FullAsync(BenchCourts bench, int count, string mark, CancellationToken cancellationToken)
    {
        var loads = bench.Stations.Select(s => (Station: s, Facts: BenchCourts.Facts(s, count / bench.Stations.Count, mark))).ToArray();
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(loads.SelectMany(load =>
        {
            var next = -1;
            return Enumerable.Range(0, WorkersPerCourt).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Increment(ref next) is var i && i < load.Facts.Length)
                {
                    await BenchCourts.FinalAsync(load.Station, load.Facts[i], cancellationToken);
                }
            }, cancellationToken));
        }));
        return loads.Sum(l => l.Facts.Length) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Statements leave at a fixed rate whatever comes back, by turns at all courts; each is timed from the moment it was due.</summary>
    private static async Task<Spread> PacedAsync(BenchCourts bench, CancellationToken cancellationToken)
    {
        const int Count = PacedPerSecond * PacedSeconds;
        var facts = bench.Stations.Select(s => BenchCourts.Facts(s, Count / bench.Stations.Count, "paced")).ToArray();
        var took = new double[Count];
        var answers = new Task[Count];
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        await Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Count; i++)
                {
                    var due = TimeSpan.FromSeconds((double)i / PacedPerSecond);
                    while (Stopwatch.GetElapsedTime(start) < due)
                    {
                        Thread.Sleep(1);
                    }

                    var turn = i;
                    answers[i] = Task.Run(() => TimeAsync(turn, due), cancellationToken);
                }
            },
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(answers);
        return Spread.Of(took);

        async Task TimeAsync(int i, TimeSpan due)
        {
            var court = i % bench.Stations.Count;
            await BenchCourts.FinalAsync(bench.Stations[court], facts[court][i / bench.Stations.Count], cancellationToken);
            took[i] = (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds;
        }
    }

    /// <summary>What a log takes on disk beyond its entries, in tiles and with everything.</summary>
    private static object Bytes(string folder)
    {
        var path = Path.Combine(folder, "court-0", "log.db");
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var (entries, raw, tiles) = (Ask("SELECT count(*) FROM entry"), Ask("SELECT sum(length(bytes)) FROM entry"), Ask("SELECT sum(length(hashes)) FROM tile"));
        return new
        {
            per_entry = raw / entries,

            // An entry bundle of C2SP tlog-tiles has two bytes of length before each entry.
            tiles_beyond_the_entry = Math.Round(((double)tiles / entries) + 2, 2),
            file_per_raw_byte = Math.Round(new FileInfo(path).Length / (double)raw, 2),
        };

        long Ask(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>A mirror that begins with nothing takes a whole log: every signature checked again, every commit durable.</summary>
    private static object CatchUp(string folder, int courts)
    {
        var data = Path.Combine(folder, "court-0");
        var governance = Station.Keys.GovernanceFile.Read(data)!;
        var owner = governance.Current.Courts[0];
        var self = governance.Current.Courts[courts - 1];
        using var keys = Station.Keys.CosignerKeys.Open(Path.Combine(folder, $"court-{courts - 1}"), 1);
        using var verifier = new EpochVerifier(governance.Current);
        using var log = SqliteLogStore.OpenForReading(Path.Combine(data, "log.db"));
        using var store = SqliteLogStore.Open(Path.Combine(folder, "new.db"));
        using var mirror = Mirror.Open(owner, store, new CourtSeat(governance, verifier, self, keys.ToCosigner(self.Origin)), new Hearing(0), new MemoryCourtMemory());
        var stored = log.ReadHead()!;
        var head = new LogHead(stored.Size, stored.Root, log.ReadCheckpoint(stored.Size));
        var feed = new MirrorFeed(log);
        var start = Stopwatch.GetTimestamp();
        while (feed.Held != head.Size)
        {
            // Over the wire as bytes, as another court sends it.
            _ = MirrorPush.TryDecode(feed.Next(head).Encode(), out var push);
            var answer = mirror.Take(push!, DateTimeOffset.UtcNow);
            if (answer.Sentence.Length > 0)
            {
                throw new InvalidOperationException($"{answer.Verdict}: {answer.Sentence}");
            }

            feed.Answered(answer);
            mirror.Tidy();
        }

        var perSecond = head.Size / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new { entries = head.Size, per_s = Math.Round(perSecond), seconds_for_1_000_000 = Math.Round(1_000_000 / perSecond, 1) };
    }
}
