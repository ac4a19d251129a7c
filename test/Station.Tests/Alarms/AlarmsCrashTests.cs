using System.Buffers.Binary;
using Cinnabar.Shared;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Tests.Alarms;

/// <summary>The power goes at every point of a commit: each length the write-ahead log can have had is opened again.</summary>
/// <remarks>
/// A commit only appends to the write-ahead log, so what a kill can leave is one of its prefixes: cut between two frames
/// or in the middle of one (SQLite file format, section 4).
/// </remarks>
public sealed class AlarmsCrashTests : IDisposable
{
    private const int WalHeader = 32;
    private const int FrameHeader = 24;
    private readonly string _folder = Directory.CreateTempSubdirectory("cinnabar-crash-").FullName;
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void KilledWhileAnAlarmIsTakenIn_TheResentAlarmWarnsUnderOneKeyOnce()
    {
        using var bench = new AlarmsBench(_time);
        var cut = new TestSeal("京0105-000017", _time).Says("strip.cut");
        ForEachCut(bench, b => b.Take(cut), after =>
        {
            // The seal was not acknowledged, so it sends again.
            after.Take(cut);
            var incident = Assert.Single(after.Store.OpenIncidents());
            Assert.Equal((1, 1), (incident.Triggers, incident.Warnings));
            Assert.Equal(2, after.Sent.Select(s => s.Warning.Key).Distinct().Count());
            Assert.Equal(2, after.Sent.Count);
            Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds() + 30_000, incident.RepeatDueMs);
        });
    }

    [Fact]
    public void KilledWhileARepeatIsTaken_TheRepeatGoesOutOnce()
    {
        using var bench = new AlarmsBench(_time);
        bench.Take(new TestSeal("京0105-000017", _time).Says("strip.cut"));
        HandOffAll(bench);
        _time.Advance(TimeSpan.FromSeconds(30));
        ForEachCut(bench, b => b.Step(), after =>
        {
            after.Step();
            Assert.Equal(2, after.Sent.Count);
            Assert.All(after.Sent, s => Assert.Equal(2, s.Warning.Notice.Facts.Round));
            Assert.Equal(2, Assert.Single(after.Store.OpenIncidents()).Warnings);
        });
    }

    [Fact]
    public void KilledWhileAnAcknowledgementIsTaken_ItIsEitherWholeOrTheWarningsGoOn()
    {
        using var bench = new AlarmsBench(_time);
        bench.Take(new TestSeal("京0105-000017", _time).Says("strip.cut"));
        HandOffAll(bench);
        var id = Assert.Single(bench.Store.OpenIncidents()).Id;
        ForEachCut(bench, b => b.Acknowledge(id), after =>
        {
            var incident = Assert.Single(after.Store.OpenIncidents());
            var stated = after.Store.Owed(100).Count(o => o.Kind == "incident.acknowledged");
            Assert.Equal(incident.Handling == IncidentHandling.Acknowledged ? (1, null) : (0, (long?)incident.RepeatDueMs!.Value), (stated, incident.RepeatDueMs));
        });
    }

    [Fact]
    public void KilledWhileAResultIsStored_TheWarningIsStillOneRow()
    {
        using var bench = new AlarmsBench(_time);
        bench.Take(new TestSeal("京0105-000017", _time).Says("strip.cut"));
        var key = bench.Sent[0].Warning.Key;
        ForEachCut(bench, b => b.Step(new ResultInput(key, DeliveryResult.HandedOff(DeliveryReason.Accepted), 1)), after =>
        {
            var id = Assert.Single(after.Store.OpenIncidents()).Id;
            var row = Assert.Single(after.Store.Warnings(id), w => w.Key == key);
            // Not known to have gone: it goes again, under the same key. Known: it does not.
            Assert.Equal(row.State == WarningState.Pending ? 1 : 0, after.Sent.Count(s => s.Warning.Key == key));
        });
    }

    private static void HandOffAll(AlarmsBench bench) => bench.Step([.. bench.Sent.Select(s =>
        new ResultInput(s.Warning.Key, DeliveryResult.HandedOff(DeliveryReason.Accepted), 1))]);

    private void ForEachCut(AlarmsBench bench, Action<AlarmsBench> commit, Action<AlarmsBench> check)
    {
        var database = File.ReadAllBytes(bench.DatabaseFile);
        var before = ReadShared(bench.DatabaseFile + "-wal").Length;
        commit(bench);
        Assert.Equal(database, ReadShared(bench.DatabaseFile));
        var log = ReadShared(bench.DatabaseFile + "-wal");
        var frame = FrameHeader + (int)BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(8));
        Assert.Equal(0, (log.Length - WalHeader) % frame);
        Assert.True(log.Length > before);
        var cuts = 0;
        for (var end = before; end <= log.Length; end += frame)
        {
            foreach (var torn in new[] { 0, 13, FrameHeader + 100 })
            {
                if (end + torn <= log.Length)
                {
                    Open(database, log[..(end + torn)], cuts++, check);
                }
            }
        }

        Assert.True(cuts > 10);
    }

    private void Open(byte[] database, byte[] log, int number, Action<AlarmsBench> check)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, number.ToString(System.Globalization.CultureInfo.InvariantCulture))).FullName;
        File.WriteAllBytes(Path.Combine(folder, "alarms.db"), database);
        File.WriteAllBytes(Path.Combine(folder, "alarms.db-wal"), log);
        using var after = new AlarmsBench(_time, folder);
        check(after);
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
