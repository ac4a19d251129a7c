using Cinnabar.Evidence;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Seal.Tests.EndToEnd;

public sealed class CutTests
{
    [Fact]
    public async Task CutStrip_SoundsTheSirenAndReachesTheCourtInAValidChain()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        await seal.WaitForLineAsync("voice prepared");
        seal.Cut();
        var cut = await station.WaitForAsync("strip.cut");
        await TestStation.WaitAsync(() => seal.IsSounding, "sound");
        var siren = await station.WaitForAsync("siren.on");
        var voice = await station.WaitForAsync("voice.played");

        Assert.Equal(3, cut.Body["level"].AsInteger());
        Assert.Equal(cut.Hash, siren.Body["trigger"].AsDigest());
        Assert.Equal(cut.Hash, voice.Body["trigger"].AsDigest());
        var line = await seal.WaitForLineAsync("reflex trigger=strip.cut");
        Assert.DoesNotContain("siren_ns=-1", line, StringComparison.Ordinal);
        AssertChain(station, seal);

        // What is acknowledged is not sent a second time.
        await TestStation.WaitAsync(() => station.Heartbeats.Any(beat => beat.State["backlog"].AsInteger() == 0), "an empty backlog");
        Assert.Equal(station.Received.Count, station.Received.Select(m => m.Sequence).Distinct().Count());
        await seal.StopAsync();
    }

    [Fact]
    public async Task Offline_DrainsInOrderExactlyOnceWhenTheStationIsBack()
    {
        using var court = new TestCourt();
        await using var seal = new TestSeal();
        int port;
        long acked;
        await using (var station = await TestStation.StartAsync(court, TestSeal.Number))
        {
            port = station.Port;
            await seal.EnrolAsync(station, court);
            await seal.StartAsync();
            await TestSeal.ArmAsync(station, court);
            await TestStation.WaitAsync(() => station.Received.Count == station.Acked, "everything acknowledged");
            acked = station.Acked;
        }

        for (var i = 0; i < 40; i++)
        {
            seal.Cut();
            seal.Restore();
        }

        await TestStation.WaitAsync(() => seal.Lines.Count(line => line.Contains("kind=strip.restored", StringComparison.Ordinal)) == 40, "40 cuts signed");
        await using var again = await TestStation.StartAsync(court, TestSeal.Number, port);
        again.Acked = acked;
        await TestStation.WaitAsync(() => again.Statements.Count(s => s.Kind == "strip.restored") == 40, "the backlog");
        Assert.Equal(40, again.Statements.Count(s => s.Kind == "strip.cut"));
        var sequences = again.Received.Select(m => m.Sequence).ToArray();
        Assert.Equal(Enumerable.Range(0, sequences.Length).Select(i => acked + 1 + i), sequences);
    }

    [Fact]
    public async Task UplinkDeadAndJournalFull_SirenStartsAllTheSame()
    {
        using var court = new TestCourt();
        await using var seal = new TestSeal();
        await using (var station = await TestStation.StartAsync(court, TestSeal.Number))
        {
            await seal.EnrolAsync(station, court);
            await seal.StartAsync();
            await TestSeal.ArmAsync(station, court);
            await TestStation.WaitAsync(() => station.Received.Count == station.Acked, "everything acknowledged");
            await seal.StopAsync();
        }

        // From here on every write to the journal fails with ENOSPC, and nobody answers at the station's address.
        FillJournal(seal);
        await seal.StartAsync();
        Assert.Contains("posture=armed", await seal.WaitForLineAsync("cinnabar-seal ready"), StringComparison.Ordinal);
        seal.Cut();
        await TestStation.WaitAsync(() => seal.IsSounding, "sound");
        var line = await seal.WaitForLineAsync("reflex trigger=strip.cut");
        Assert.Contains("journaled_ns=-1", line, StringComparison.Ordinal);
        Assert.Contains("sent_ns=-1", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JournalFull_AlarmIsSentFromMemoryAndTheHeartbeatTells()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        await seal.StopAsync();
        FillJournal(seal);
        await seal.StartAsync();
        seal.Cut();
        await station.WaitForAsync("strip.cut");
        await TestStation.WaitAsync(
            () => station.Heartbeats.Any(b => b.State.TextOrNull("journal")?.Contains("space", StringComparison.OrdinalIgnoreCase) == true), "the news of the disk");
    }

    [Fact]
    public async Task Restart_TellsItsPostureWithoutBeingArmedAgain()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court);
        await seal.StartAsync();
        Assert.Equal("disarmed", (await station.WaitForAsync("device.started")).Body["posture"].AsText());
        await TestSeal.ArmAsync(station, court);
        await seal.StopAsync();
        await seal.StartAsync();
        await station.WaitForAsync("device.started", started => started.Body["posture"].AsText() == "armed");
        seal.Cut();
        Assert.Equal(3, (await station.WaitForAsync("strip.cut")).Body["level"].AsInteger());
        await station.WaitForAsync("siren.on");

        Assert.Single(station.Statements, s => s.Kind == "armed");
        Assert.Empty(ClockFindings(station.Statements));
    }

    /// <summary>Statements that a verifier would take for a clock turned back.</summary>
    internal static IReadOnlyList<Statement> ClockFindings(IEnumerable<Statement> statements)
    {
        var latest = long.MinValue;
        return [.. statements.OrderBy(s => s.Chain!.Sequence).Where(s => (latest = Math.Max(latest, s.TimeMs)) - s.TimeMs > DeviceClock.ReorderingMsMax)];
    }

    private static void FillJournal(TestSeal seal)
    {
        // The next file of the journal leads to the kernel's full device; the ones before stay readable.
        foreach (var path in Directory.GetFiles(seal.JournalFolder, "*.journal").Order().TakeLast(1))
        {
            var bytes = File.ReadAllBytes(path);
            using var files = Cinnabar.Seal.Journal.JournalFiles.Open(seal.JournalFolder, new(), TimeProvider.System);
            Assert.True(bytes.Length > 0);
            File.CreateSymbolicLink(Path.Combine(seal.JournalFolder, $"{files.Last + 1:D20}.journal"), "/dev/full");
        }
    }

    private static void AssertChain(TestStation station, TestSeal seal)
    {
        using var key = Cinnabar.Seal.Keys.KeyFolder.Load(Path.Combine(seal.Folder, "keys"));
        using var verification = new VerificationKey(CoseKey.From(key));
        var previous = default(Digest);
        var expected = 1L;
        foreach (var statement in station.Statements)
        {
            Assert.Equal(StatementVerdict.Valid, statement.Check(verification));
            Assert.Equal((expected++, previous), (statement.Chain!.Sequence, statement.Chain.Previous));
            Assert.Equal("device:" + TestSeal.Device, statement.Issuer);
            previous = statement.Hash;
        }
    }
}
