using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Tests.Gateway;

/// <summary>The built station as a process: killed between receiving and acknowledging, and with a disk that takes no more.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private TestStation _station = null!;
    private TestSeal _seal = null!;

    public async ValueTask InitializeAsync()
    {
        _station = await TestStation.StartAsync();
        _seal = await TestSeal.EnrolAsync(_station);

        // Hands the folder over to child processes; only the keys and the enrolment were needed from this one.
        await _station.StopAsync();
    }

    public ValueTask DisposeAsync()
    {
        _seal.Dispose();
        _station.Data.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task KilledBetweenReceiveAndAcknowledgement_TheStatementsComeAgain_AndStandInTheLogOnce()
    {
        var journal = Enumerable.Range(0, 200).Select(_ => _seal.Next()).ToArray();
        HashSet<Digest> acked = [];
        foreach (var killAfter in (int[])[1, 40, 120, 0])
        {
            using var child = ChildStation.Start(_station.Data);
            using var lane = await WelcomedAsync(child);
            foreach (var statement in journal.Where(s => !acked.Contains(s.Hash)))
            {
                await lane.SendAsync(statement);
            }

            while (acked.Count < (killAfter == 0 ? journal.Length : killAfter))
            {
                acked.Add((await lane.ReceiveAsync<AckMessage>()).Hash);
            }

            child.Kill();
        }

        var logged = Logged();
        Assert.Equal(journal.Select(s => s.Hash), logged.Where(s => s.Chain is not null).Select(s => s.Hash));
        Assert.DoesNotContain(logged, s => s.Kind is "chain.fork" or "counter.gap");
    }

    [Fact]
    public async Task FullDisk_StopsTheLog_NotTheStation_AndNothingIsLost()
    {
        var filler = CborValue.Text(new string('x', 30_000));
        var journal = Enumerable.Range(0, 200).Select(_ => _seal.Next(body: CborValue.Map(("filler", filler)))).ToArray();
        HashSet<Digest> acked = [];
        using (var child = ChildStation.Start(_station.Data, fileKilobytesMax: 2_000))
        {
            using var lane = await WelcomedAsync(child);
            await SendUntilRefusedAsync(lane, journal, acked);
            Assert.NotEmpty(acked);
            await lane.SendAsync(new HeartbeatMessage(7, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), CborValue.EmptyMap));
            while (await lane.ReceiveAsync() is not BeatMessage)
            {
            }

            Assert.False(child.HasExited);
        }

        using (var child = ChildStation.Start(_station.Data))
        {
            using var lane = await WelcomedAsync(child);
            foreach (var statement in journal.Where(s => !acked.Contains(s.Hash)))
            {
                await lane.AcknowledgedAsync(statement);
            }
        }

        var logged = Logged();
        Assert.Equal(journal.Select(s => s.Hash), logged.Where(s => s.Chain is not null).Select(s => s.Hash));
    }

    private static async Task SendUntilRefusedAsync(TestLane lane, Statement[] journal, HashSet<Digest> acked)
    {
        foreach (var statement in journal)
        {
            await lane.SendAsync(statement);
            switch (await lane.ReceiveAsync())
            {
                case AckMessage ack:
                    acked.Add(ack.Hash);
                    break;
                case CannotMessage cannot:
                    Assert.Equal(statement.Chain!.Sequence, cannot.Sequence);
                    Assert.True(cannot.RetryMs > 0);
                    return;
                default:
                    Assert.Fail("Neither acknowledged nor put off.");
                    break;
            }
        }

        Assert.Fail("The disk took everything.");
    }

    private async Task<TestLane> WelcomedAsync(ChildStation child)
    {
        // Just started, the station may still be reading its log: it says "later", and a seal comes back.
        while (true)
        {
            var lane = await _seal.OpenAsync(child.Uplink);
            await lane.SendAsync(_seal.Hello());
            if (await lane.ReceiveAsync() is WelcomeMessage)
            {
                return lane;
            }

            lane.Dispose();
        }
    }

    private List<Statement> Logged()
    {
        using var store = SqliteLogStore.OpenForReading(Path.Combine(_station.Data.FullName, "log.db"));
        var size = (int)store.ReadHead()!.Size;
        return [.. store.ReadEntries(0, size).Select(b => Statement.TryParse(b, out var s, out _) == StatementVerdict.Valid ? s! : throw new InvalidDataException())];
    }
}
