using System.Diagnostics;
using System.Globalization;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tests.Courts;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Faults;

/// <summary>A mirror in a process of its own that says every cosignature on standard output the moment that it leaves.</summary>
/// <remarks>
/// <para><c>mirror-write PATH STEP N</c>: takes one head after the other and kills itself with SIGKILL the N-th time that step is done.</para>
/// <para><c>mirror-once PATH</c>: says READY, waits for a line, takes one head, says how that went and what it holds, and kills itself.</para>
/// </remarks>
internal static class ChildMirror
{
    /// <summary>The last step of a mirror's commit; those before: <see cref="SteppedStore"/> and the store's own.</summary>
    public const string Answered = "Answered";

    public const int FactsOfABatch = 3;

    /// <summary>The honest owner's log of this many batches: the same in every process.</summary>
    public static SampleOwner Owner(SampleCourts courts, int batches)
    {
        var owner = new SampleOwner(courts);
        for (var i = 0; i < batches; i++)
        {
            owner.Batch(FactsOfABatch);
        }

        return owner;
    }

    /// <summary>The head behind one that is held.</summary>
    public static int SizeAfter(long held) => (int)(held == 0 ? 1 + FactsOfABatch + 1 : held + FactsOfABatch + 1);

    public static Mirror Open(SampleCourts courts, EpochVerifier verifier, Ed25519SigningKey noteKey, ILogStore store, ICourtMemory memory) => Mirror.Open(
        courts[0], store,
        new CourtSeat(courts.Governance, verifier, courts[1], new Cosigner(courts[1].Origin, 1, SampleLeague.CosignerKey(1, 1), noteKey)), new Hearing(0), memory);

    public static int Run(string[] args)
    {
        var courts = new SampleCourts(4);
        using var verifier = new EpochVerifier(courts.First);
        using var noteKey = SampleLeague.NoteKey(1, 1);
        SqliteLogStore sqlite;
        try
        {
            sqlite = SqliteLogStore.Open(args[1]);
        }
        catch (LogStoreException exception)
        {
            Say($"CLOSED {exception.Failure}");
            return 1;
        }

        var seen = 0;
        Action<string> after = args[0] == "mirror-write"
            ? step =>
            {
                if (step == args[2] && ++seen == int.Parse(args[3], CultureInfo.InvariantCulture))
                {
                    Die();
                }
            }
            : _ => { };
        sqlite.TestingOnlyAfterStep = step => after(step.ToString());
        using var memory = new MemoryCourtMemory();
        using var mirror = Open(courts, verifier, noteKey, new SteppedStore(sqlite, after), memory);
        var owner = Owner(courts, 40);
        if (args[0] == "mirror-once")
        {
            Say("READY");
            Console.ReadLine();
            TakeNext(mirror, owner);
            Say($"HOLDS {mirror.Status.Size} {mirror.Status.Trouble.ReplaceLineEndings(" ")}");
            Die();
        }

        while (SizeAfter(mirror.Status.Size) <= owner.Size)
        {
            TakeNext(mirror, owner);
            after(Answered);
        }

        return 0;
    }

    private static void TakeNext(Mirror mirror, SampleOwner owner)
    {
        var held = (int)mirror.Status.Size;
        var answer = mirror.Take(owner.Push(held, SizeAfter(held)), DateTimeOffset.FromUnixTimeMilliseconds(SampleLeague.TimeMs + 5_000));
        Say($"ANSWER {answer.Verdict} {answer.HeldSize}");
        if (answer.Verdict == MirrorVerdict.Cosigned)
        {
            Say($"COSIGNED {answer.HeldSize} {string.Join(' ', answer.Lines.Select(l => Convert.ToHexString(l.Signature.Span)))}");
        }
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
}
