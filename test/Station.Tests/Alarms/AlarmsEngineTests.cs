using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Notices;
using Microsoft.Data.Sqlite;

namespace Cinnabar.Station.Tests.Alarms;

public sealed class AlarmsEngineTests : IDisposable
{
    private readonly AlarmsBench _bench = new();
    private readonly TestSeal _seal;
    private readonly DateTimeOffset _start;

    public AlarmsEngineTests()
    {
        _seal = new TestSeal("京0105-000017", _bench.Time);
        _start = _bench.Time.GetUtcNow();
    }

    private Incident Only => Assert.Single(_bench.Store.OpenIncidents());

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Cut_WarnsAtOnceThenAt30And60AndEveryMinute_AndTheDeputyFrom90()
    {
        _bench.Take(_seal.Says("strip.cut"));
        _bench.Run(TimeSpan.FromSeconds(305));
        Assert.Equal([0, 30, 60, 120, 180, 240, 300], _bench.SecondsOf(AlarmsBench.Judge, _start));
        Assert.Equal([90, 120, 180, 240, 300], _bench.SecondsOf(AlarmsBench.Deputy, _start));
    }

    [Fact]
    public void Acknowledgement_StopsRepeatsAndLeavesTheIncidentOpen()
    {
        _bench.Take(_seal.Says("strip.cut"));
        _bench.Run(TimeSpan.FromSeconds(45));
        Assert.Equal(HandlingAnswer.Done, _bench.Acknowledge(Only.Id));
        _bench.Run(TimeSpan.FromHours(1));
        Assert.Equal([0, 30], _bench.SecondsOf(AlarmsBench.Judge, _start));
        Assert.Empty(_bench.SecondsOf(AlarmsBench.Deputy, _start));
        Assert.Equal((IncidentHandling.Acknowledged, IncidentCondition.Active, "officer.zhao"), (Only.Handling, Only.Condition, Only.AcknowledgedBy));
    }

    [Fact]
    public void AcknowledgedTwice_KeepsTheFirstNameAndStatesItOnce()
    {
        _bench.Take(_seal.Says("strip.cut"));
        _bench.Acknowledge(Only.Id);
        Assert.Equal(HandlingAnswer.Done, _bench.Acknowledge(Only.Id, "somebody.else"));
        Assert.Equal("officer.zhao", Only.AcknowledgedBy);
        Assert.Single(_bench.Store.Owed(100), o => o.Kind == "incident.acknowledged");
    }

    [Fact]
    public void ClearedButUnacknowledged_StillNags()
    {
        _bench.Take(_seal.Says("door.open"));
        _bench.Take(_seal.Says("door.closed"));
        Assert.Equal(IncidentCondition.Cleared, Only.Condition);
        _bench.Run(TimeSpan.FromSeconds(65));
        Assert.Equal([0, 30, 60], _bench.SecondsOf(AlarmsBench.Judge, _start));
    }

    [Fact]
    public void FortyTaps_AreOneIncidentFortyEventsAndOneNagging()
    {
        for (var i = 0; i < 40; i++)
        {
            _bench.Take(_seal.Says("impact", ("level", CborValue.Integer(1))));
            _bench.Run(TimeSpan.FromMilliseconds(500));
        }

        Assert.Equal(40, Only.Triggers);
        Assert.Equal([0], _bench.SecondsOf(AlarmsBench.Judge, _start));
        Assert.Equal(40, _bench.Store.Timeline(Only.Id).Count(t => t.Kind == "impact"));
    }

    [Fact]
    public void RisingLevel_WarnsAgainAtOnceAndTakesTheGraverKind()
    {
        _bench.Take(_seal.Says("impact", ("level", CborValue.Integer(2))));
        _bench.Run(TimeSpan.FromSeconds(10));
        _bench.Take(_seal.Says("strip.cut"));
        Assert.Equal([0, 10], _bench.SecondsOf(AlarmsBench.Judge, _start));
        Assert.Equal(("strip.cut", 3), (Only.Kind, Only.Level));
        Assert.Contains("封条被剪断", _bench.Sent[^1].Warning.Notice.Words.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void NewTriggerAfterAcknowledgement_IsANewEpisodeOfTheSameIncident()
    {
        _bench.Take(_seal.Says("impact"));
        var id = Only.Id;
        _bench.Acknowledge(id);
        _bench.Run(TimeSpan.FromMinutes(5));
        _bench.Take(_seal.Says("impact"));
        _bench.Run(TimeSpan.FromSeconds(95));
        Assert.Equal((id, 2, IncidentHandling.Unacknowledged), (Only.Id, Only.Episode, Only.Handling));
        Assert.Null(Only.AcknowledgedBy);
        Assert.Equal([0, 300, 330, 360], _bench.SecondsOf(AlarmsBench.Judge, _start));
        Assert.Equal([390], _bench.SecondsOf(AlarmsBench.Deputy, _start));
    }

    [Fact]
    public void NewEpisodeRightAfterAWarning_WaitsForTheGapAndIsNotLost()
    {
        _bench.Take(_seal.Says("impact"));
        _bench.Run(TimeSpan.FromSeconds(2));
        _bench.Acknowledge(Only.Id);
        _bench.Take(_seal.Says("impact"));
        _bench.Run(TimeSpan.FromSeconds(90));
        Assert.Equal([0, 30, 60, 90], _bench.SecondsOf(AlarmsBench.Judge, _start));
    }

    [Fact]
    public void SameStatementTwice_CountsOnce()
    {
        var cut = _seal.Says("strip.cut");
        _bench.Take(cut, cut);
        _bench.Take(cut);
        _bench.Reopen();
        _bench.Take(cut);
        Assert.Equal((1, 1), (Only.Triggers, Only.Warnings));
    }

    [Fact]
    public void SameStatementAfterClosing_OpensNothing()
    {
        var cut = _seal.Says("strip.cut");
        _bench.Take(cut);
        Assert.Equal(HandlingAnswer.Done, _bench.Close(Only.Id));
        _bench.Take(cut);
        Assert.Empty(_bench.Store.OpenIncidents());
    }

    [Fact]
    public void TriggerAfterClosing_OpensAnotherIncident()
    {
        _bench.Take(_seal.Says("strip.cut"));
        var first = Only.Id;
        _bench.Close(first);
        Assert.Equal(HandlingAnswer.NotOpen, _bench.Acknowledge(first));
        Assert.Equal(HandlingAnswer.NotOpen, _bench.Close(first));
        _bench.Take(_seal.Says("strip.cut"));
        Assert.NotEqual(first, Only.Id);
    }

    [Theory]
    [InlineData("counter.gap")]
    [InlineData("chain.fork")]
    [InlineData("signature.bad")]
    [InlineData("duplicate.device")]
    public void DoubtAboutTheSealsWord_IsASecurityIncidentOfItsOwn(string kind)
    {
        _bench.Take(_seal.Says("impact"), _seal.StationSays(kind, ("device", CborValue.Text("d"))));
        var security = Assert.Single(_bench.Store.OpenIncidents(), i => i.Class == IncidentClass.Security);
        Assert.Equal((3, kind), (security.Level, security.Kind));
        Assert.Equal(2, _bench.Store.OpenIncidents().Count);
    }

    [Fact]
    public void StatementOfLevelZero_IsARecord()
    {
        _bench.Take(_seal.Says("impact", ("level", CborValue.Integer(0))), _seal.Says("touch.light"));
        Assert.Empty(_bench.Store.OpenIncidents());
    }

    [Fact]
    public void Applicant_GetsTextOnlyAndOfficersEachAnotherLink()
    {
        _bench.Take(_seal.Says("strip.cut"));
        _bench.Run(TimeSpan.FromSeconds(31));
        var applicant = _bench.Sent.Where(s => s.Warning.Contact == AlarmsBench.Applicant).Select(s => s.Warning).ToList();
        Assert.Equal(2, applicant.Count);
        Assert.All(applicant, w => Assert.Null(w.TokenHash));
        Assert.All(applicant, w => Assert.DoesNotContain("http", w.Notice.Words.Text, StringComparison.Ordinal));
        var links = _bench.Sent.Where(s => s.Warning.Contact == AlarmsBench.Judge).Select(s => s.Warning.Notice.Facts.Link!).ToList();
        Assert.Equal(2, links.Distinct().Count());
        Assert.All(links, l => Assert.Matches("^https://seals.court.example/p/[A-Za-z0-9_-]{32}$", l.AbsoluteUri));
    }

    [Fact]
    public void Links_LeadToTheirIncidentUntilTheyExpire()
    {
        _bench.Take(_seal.Says("strip.cut"));
        var token = _bench.Sent.First(s => s.Warning.Contact == AlarmsBench.Judge).Warning.Notice.Facts.Link!.AbsolutePath["/p/".Length..];
        Assert.Equal((Only.Id, "judge.li"), _bench.Store.FindLink(token, 0));
        Assert.Null(_bench.Store.FindLink(token, _start.ToUnixTimeMilliseconds() + 1));
        Assert.Null(_bench.Store.FindLink(token + "x", 0));
    }

    [Fact]
    public void ProviderOutOfReach_IsTriedAgainUnderTheSameKeyAndThenGivenUp()
    {
        _bench.Take(_seal.Says("strip.cut"));
        var key = _bench.Sent[0].Warning.Key;
        for (var i = 0; i < 3; i++)
        {
            _bench.Step(new ResultInput(key, DeliveryResult.Unreachable(DeliveryReason.ConnectionFailed), 0));
            _bench.Run(TimeSpan.FromSeconds(6));
        }

        Assert.Equal(3, _bench.Sent.Count(s => s.Warning.Key == key));
        Assert.Equal(WarningState.Unreachable, _bench.Store.Warnings(Only.Id).Single(w => w.Key == key).State);
        Assert.Equal(3, _bench.Store.Owed(100).Count(o => o.Kind == "warning.attempt" && o.WarningKey == key));
    }

    [Fact]
    public void AcknowledgedWhileAProviderIsOutOfReach_IsNotTriedAgain()
    {
        _bench.Take(_seal.Says("strip.cut"));
        var key = _bench.Sent[0].Warning.Key;
        _bench.Step(new ResultInput(key, DeliveryResult.TimedOut, 0));
        _bench.Acknowledge(Only.Id);
        _bench.Run(TimeSpan.FromSeconds(30));
        Assert.Single(_bench.Sent, s => s.Warning.Key == key);
        Assert.Equal(WarningState.Dropped, _bench.Store.Warnings(Only.Id).Single(w => w.Key == key).State);
    }

    [Fact]
    public void NewerWarning_TakesThePlaceOfOneThatStillWaits()
    {
        _bench.Take(_seal.Says("strip.cut"));
        var first = _bench.Sent[0].Warning.Key;
        Assert.True(_bench.Engine.Outbox.IsWanted(first));
        _bench.Run(TimeSpan.FromSeconds(31));
        Assert.False(_bench.Engine.Outbox.IsWanted(first));
        Assert.Equal(3, _bench.Store.PendingWarnings().Count + 1);
    }

    [Fact]
    public void HandedOff_ForgetsTheWordsAndKeepsTheReceipt()
    {
        _bench.Take(_seal.Says("strip.cut"));
        var key = _bench.Sent[0].Warning.Key;
        _bench.Step(new ResultInput(key, DeliveryResult.HandedOff(DeliveryReason.Accepted, "id-1"), 5));
        var done = new TaskCompletionSource();
        _bench.Step(new ReportInput(new DeliveryReport(key, DeliveryReason.Delivered, "net-9"), done));
        Assert.True(done.Task.IsCompleted);
        var row = _bench.Store.Warnings(Only.Id).Single(w => w.Key == key);
        Assert.Equal((WarningState.HandedOff, "accepted", "net-9", "delivered"), (row.State, row.Reason, row.Provider, row.Report));
        Assert.Null(row.Notice);
        Assert.Equal(2, _bench.Store.Owed(100).Count(o => o.Kind == "warning.result" && o.WarningKey == key));
    }

    [Fact]
    public void Pictures_BelongToTheIncident_WhichIsToldAnewWhenTheyArrive()
    {
        var cut = _seal.Says("strip.cut");
        var still = _seal.Shows(cut, [1, 2, 3], thumbnail: true);
        _bench.Take(cut, still, still);
        var stored = Assert.Single(_bench.Store.Stills(Only.Id));
        Assert.Equal((still.Statement.Data!.Digest.ToString(), -400), (stored.Hash, stored.OffsetMs));
        foreach (var kind in new[] { "media.received", "media.mismatch" })
        {
            Assert.Equal([Only.Id], _bench.Take(_seal.StationSays(kind, ("hash", CborValue.Bytes(still.Statement.Data.Digest)))).Touched);
        }
    }

    [Fact]
    public void PictureTakenBeforeItsStatement_IsShownWithTheTimeItWasTaken()
    {
        var cut = _seal.Says("strip.cut");
        _bench.Take(cut, _seal.Shows(cut, [1, 2, 3], thumbnail: true, capturedMs: 1_234));
        Assert.Equal(1_234, Assert.Single(_bench.Store.Stills(Only.Id)).TakenMs);
    }

    [Fact]
    public void CoveredCamera_IsAnIntrusionOfLevelTwo()
    {
        _bench.Take(_seal.Says("camera.blind"));
        Assert.Equal((IncidentClass.Intrusion, 2), (Only.Class, Only.Level));
    }

    [Fact]
    public void FaultOfACamera_WakesNobodyEveryMinute()
    {
        _bench.Take(_seal.Says("camera.fault"));
        _bench.Run(TimeSpan.FromMinutes(61));
        Assert.Equal([0, 1800, 3600], _bench.SecondsOf(AlarmsBench.Judge, _start));
    }

    [Fact]
    public async Task DatabaseThatCannotBeWritten_WarnsAllTheSameAndAnswersNobodyUntilItCan()
    {
        _bench.Take(_seal.Says("impact"));
        var id = Only.Id;
        var done = new TaskCompletionSource<HandlingAnswer>();
        // A trigger that refuses, because a lock held by another connection would make the test wait for its time limit.
        Execute("CREATE TRIGGER full BEFORE INSERT ON alarm_incident BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        Assert.NotNull(_bench.Take(_seal.Says("strip.cut")).Failure);
        Assert.Equal("strip.cut", _bench.Sent[^1].Warning.Notice.Facts.Kind);
        Assert.NotNull(_bench.Step(new AcknowledgeInput(id, "officer.zhao", "console", done)).Failure);
        Assert.False(done.Task.IsCompleted);
        Execute("DROP TRIGGER full");
        Assert.Null(_bench.Step().Failure);
        Assert.Equal(HandlingAnswer.Done, await done.Task);
        Assert.Equal((IncidentHandling.Acknowledged, 3), (Only.Handling, Only.Level));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_bench.DatabaseFile}");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
