using System.Diagnostics;
using System.Globalization;
using Cinnabar.Evidence.Cose;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>A log writer in a process of its own that says on standard output what it signed and acknowledged, the moment it does.</summary>
/// <remarks>
/// <para><c>write PATH FIRST [STEP N]</c>: appends entries FIRST, FIRST+1, … one after the other until it is killed; with STEP it kills
/// itself with SIGKILL the N-th time that step is done.</para>
/// <para><c>once PATH FIRST</c>: opens the log, says READY, waits for a line, appends three entries side by side, says how that went and what
/// its health is, reads an entry, and kills itself, so that nothing is tidied up on the way out.</para>
/// </remarks>
internal static class ChildWriter
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (mode, path, first) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
        var afterStep = args.Length > 3 ? KillAfter(Enum.Parse<LogStep>(args[3]), int.Parse(args[4], CultureInfo.InvariantCulture)) : null;
        using var key = new LoudKey();
        SqliteLogStore store;
        try
        {
            store = SqliteLogStore.Open(path);
        }
        catch (LogStoreException exception)
        {
            Say($"CLOSED {exception.Failure}");
            return 1;
        }
        store.TestingOnlyAfterStep = afterStep;
        var options = TestLog.AtOnce();
        options.TestingOnlyAfterStep = afterStep;
        if (mode == "once")
        {
            options.BatchWindow = TimeSpan.FromSeconds(1);
            options.BatchEntriesMax = 3;
        }
        var log = CourtLog.Open(store, TestLog.IdentityWith(key), _ => null, options, TimeProvider.System);
        await (mode == "once" ? AppendOnceAsync(log, first) : AppendForeverAsync(log, first));
        Die();
        return 0;
    }

    private static async Task AppendForeverAsync(CourtLog log, int first)
    {
        for (var number = first; log.Health.IsWriting; number++)
        {
            Answer(number, await log.AppendAsync(TestLog.Entry(number), CancellationToken.None));
        }
    }

    private static async Task AppendOnceAsync(CourtLog log, int first)
    {
        Say("READY");
        Console.ReadLine();
        var appends = Enumerable.Range(first, 3).Select(i => log.AppendAsync(TestLog.Entry(i), CancellationToken.None).AsTask()).ToArray();
        var results = await Task.WhenAll(appends);
        for (var i = 0; i < results.Length; i++)
        {
            Answer(first + i, results[i]);
        }
        Say($"HEALTH {log.Health.Reason} {log.Health.Sentence.ReplaceLineEndings(" ")}");
        Say(log.ReadEntry(0) is { } genesis && genesis.Span.SequenceEqual(TestLog.Genesis) ? "READS" : "BLIND");
    }

    private static void Answer(int number, AppendResult result) =>
        Say(result.IsSequenced ? $"ACK {number} {result.Index} {result.TreeSize}" : $"NAK {number} {result.Status}");

    private static Action<LogStep> KillAfter(LogStep step, int occurrence)
    {
        var seen = 0;
        return done =>
        {
            if (done == step && ++seen == occurrence)
            {
                Die();
            }
        };
    }

    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // SIGKILL is on its way; nothing may happen on this thread until it comes.
        Thread.Sleep(Timeout.Infinite);
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    /// <summary>Says what it signs before anybody can have the signature.</summary>
    private sealed class LoudKey : SigningKey, IDisposable
    {
        private readonly EcdsaSigningKey _key = TestLog.NewKey(1);

        public override CoseKey PublicKey => _key.PublicKey;

        public void Dispose() => _key.Dispose();

        protected override byte[] SignAnyS(ReadOnlySpan<byte> data)
        {
            Say($"SIGNED {Convert.ToBase64String(data)}");
            return _key.Sign(data);
        }
    }
}
