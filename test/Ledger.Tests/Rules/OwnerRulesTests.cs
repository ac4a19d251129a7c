using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Cose;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Storage;
using Cinnabar.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Ledger.Tests.Rules;

/// <summary>The owner refuses what others would refuse, at the moment an entry gets its place.</summary>
public sealed class OwnerRulesTests : IDisposable
{
    private readonly RuledCourt _court = new();
    private readonly MemoryLogStore _store = new();

    private SampleCourt Court => _court.Court;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Entry_whose_key_was_revoked_while_it_waited_is_refused_with_the_reason_and_the_log_goes_on()
    {
        await using var own = new OwnLog(_store, _court, epoch: 0);
        await own.AppendAsync(Court.EnrolDevice().Bytes);
        var verified = Verified(Court.FromDevice("strip.cut"), SampleCourt.DeviceKey);
        await own.AppendAsync(_court.Revoke(SampleCourt.DeviceKey).Bytes);

        var result = await own.Log.AppendVerifiedAsync(verified, TestContext.Current.CancellationToken);

        Assert.Equal((AppendStatus.Refused, EntryFault.KeyRevoked, false), (result.Status, result.Refusal!.Rule, result.Refusal.MayChange));
        Assert.Equal(3, (await own.AppendAsync(Court.FromStation("heartbeat.back").Bytes)).Index);
        Assert.Null(own.FaultForOthers(governance: null));
    }

    [Fact]
    public async Task Entry_ahead_of_its_enrolment_is_refused_and_let_in_behind_it()
    {
        await using var own = new OwnLog(_store, _court, epoch: 0);
        var enrolment = Court.EnrolDevice();
        var entry = Court.FromDevice("strip.cut");

        var early = await own.AppendAsync(entry.Bytes);
        await own.AppendAsync(enrolment.Bytes);

        Assert.True(early.Refusal!.MayChange);
        Assert.True((await own.AppendAsync(entry.Bytes)).IsSequenced);
    }

    [Fact]
    public async Task Entry_that_nobody_verified_is_verified()
    {
        await using var own = new OwnLog(_store, _court, epoch: 0);
        var entry = Court.FromStation("heartbeat.back").Bytes.ToArray();
        entry[^60] ^= 1;

        Assert.Equal(EntryFault.Signature, (await own.AppendAsync(entry)).Refusal!.Rule);
        Assert.Equal(EntryFault.Form, (await own.AppendAsync("no statement"u8.ToArray())).Refusal!.Rule);
        Assert.Equal(1, own.Log.Head.Size);
    }

    [Fact]
    public async Task Entry_that_is_there_already_is_so_whatever_became_of_its_key()
    {
        await using var own = new OwnLog(_store, _court, epoch: 0);
        await own.AppendAsync(Court.EnrolDevice().Bytes);
        var entry = Court.FromDevice("strip.cut").Bytes;
        await own.AppendAsync(entry);
        await own.AppendAsync(_court.Revoke(SampleCourt.DeviceKey).Bytes);

        Assert.Equal((AppendStatus.AlreadySequenced, 2), ((await own.AppendAsync(entry)).Status, (await own.AppendAsync(entry)).Index));
    }

    [Fact]
    public async Task Rules_are_known_again_after_a_restart()
    {
        await using (var own = new OwnLog(_store, _court, epoch: 0))
        {
            await own.AppendAsync(Court.EnrolDevice().Bytes);
            await own.AppendAsync(_court.Revoke(SampleCourt.DeviceKey).Bytes);
        }
        Assert.Equal([0, 1, 2], _store.ReadMarks());

        await using var again = new OwnLog(_store, _court, epoch: 0);
        Assert.Equal(EntryFault.KeyRevoked, (await again.AppendAsync(Court.FromDevice("strip.cut").Bytes)).Refusal!.Rule);
    }

    [Fact]
    public async Task Every_batch_begins_with_a_header_that_names_the_newest_final_head()
    {
        await using var own = new OwnLog(_store, _court, epoch: 1);
        Assert.Equal(2, own.Log.Head.Size);
        await own.AppendAsync(Court.FromStation("heartbeat.back").Bytes);
        own.Final.Publish(new FinalHead(2, Digest.Of("root"u8), default, Vouched: null));
        await own.AppendAsync(Court.FromStation("heartbeat.missed").Bytes);

        Assert.Equal(["court.genesis", "log.batch", "log.batch", "heartbeat.back", "log.batch", "heartbeat.missed"], own.Entries().Select(e => Parse(e).Kind));
        Assert.Equal((4, 1, _court.Epoch(1).Hash, 2, Digest.Of("root"u8)), Shape(own.Rules.LastHeader!));
        Assert.Null(own.FaultForOthers(_court.Governance));
    }

    [Fact]
    public async Task Batch_of_which_nothing_is_let_in_has_no_header()
    {
        await using var own = new OwnLog(_store, _court, epoch: 1);
        var entry = Court.FromStation("heartbeat.back").Bytes;
        await own.AppendAsync(entry);
        var size = own.Log.Head.Size;

        await own.AppendAsync(entry);
        await own.AppendAsync(Court.FromDevice("strip.cut").Bytes);

        Assert.Equal(size, own.Log.Head.Size);
    }

    [Fact]
    public async Task Log_from_before_the_first_epoch_goes_on_with_a_header_and_each_epoch_begins_with_one()
    {
        await using (var alone = new OwnLog(_store, _court, epoch: 0))
        {
            await alone.AppendAsync(Court.EnrolDevice().Bytes);
            await alone.AppendAsync(Court.FromDevice("strip.cut").Bytes);
        }
        await using (var first = new OwnLog(_store, _court, epoch: 1))
        {
            Assert.Equal(4, first.Log.Head.Size);
        }
        await using (var same = new OwnLog(_store, _court, epoch: 1))
        {
            Assert.Equal(4, same.Log.Head.Size);
        }
        await using var second = new OwnLog(_store, _court, epoch: 2);
        Assert.Equal(2, second.Rules.LastHeader!.Epoch);
        Assert.Equal(EntryFault.KeyRevoked, (await second.AppendAsync(Court.FromDevice("door.open").Bytes)).Refusal!.Rule);
        Assert.Null(second.FaultForOthers(_court.Governance));
    }

    [Fact]
    public async Task Clock_and_final_head_that_went_back_do_not_go_back_in_the_log()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(57));
        await using (var own = new OwnLog(_store, _court, epoch: 1, time))
        {
            own.Final.Publish(new FinalHead(2, Digest.Of("root"u8), default, Vouched: null));
            await own.AppendAsync(Court.FromStation("heartbeat.back").Bytes);
        }
        time.SetWallClock(-TimeSpan.FromHours(1));
        await using var again = new OwnLog(_store, _court, epoch: 1, time);
        await again.AppendAsync(Court.FromStation("heartbeat.missed").Bytes);

        Assert.Equal(2, again.Rules.LastHeader!.FinalSize);
        Assert.Null(again.FaultForOthers(_court.Governance));
    }

    [Fact]
    public async Task Log_with_headers_is_not_written_by_a_court_that_lost_its_governance_log()
    {
        await using (new OwnLog(_store, _court, epoch: 1))
        {
        }
        await using var alone = new OwnLog(_store, _court, epoch: 0);

        Assert.Equal(LogStopReason.RulesBroken, alone.Log.Health.Reason);
        Assert.Equal(2, alone.Log.Head.Size);
        Assert.Equal(AppendStatus.Stopped, (await alone.AppendAsync(Court.FromStation("heartbeat.back").Bytes)).Status);
    }

    [Fact]
    public async Task Court_that_no_epoch_names_does_not_begin_a_log_under_one()
    {
        var stranger = RuledCourt.GovernanceOf(Digest.Of("another"u8), 1);
        await using var own = new OwnLog(_store, _court, epoch: 1, governance: stranger);

        Assert.Equal((LogStopReason.RulesBroken, 0), (own.Log.Health.Reason, own.Log.Head.Size));
    }

    [Fact]
    public async Task Key_that_is_not_the_stations_signs_no_header()
    {
        using var rules = new EntryRules(_court.Governance);
        var identity = new CourtLogIdentity(TestLog.Identity.Signer, Court.Genesis.Statement.Bytes, TestLog.Identity.Receipts)
        {
            Rules = rules, Headers = new BatchHeaders(Court.Genesis, SampleCourt.DeviceKey, _court.Epoch(1), new FinalHeads(), TimeProvider.System),
        };
        await using var log = CourtLog.Open(_store, identity, _ => null, TestLog.AtOnce(), TimeProvider.System);

        Assert.Equal(LogStopReason.RulesBroken, log.Health.Reason);
        Assert.Contains(EntryFault.KeyUnknown, log.Health.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_owner_lets_in_every_mirror_lets_in() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(Deeds, deeds => RunAsync(deeds).GetAwaiter().GetResult()));

    private static Arbitrary<(int Deed, int Which)[]> Deeds =>
        (from deed in Gen.Choose(0, RuledHistory.Deeds) from which in Gen.Choose(0, 1_000) select (deed, which)).ArrayOf(60).ToArbitrary();

    /// <summary>The one deed beyond the history's own is a restart, into the second epoch from half of the history on.</summary>
    private async Task RunAsync((int Deed, int Which)[] deeds)
    {
        using var store = new MemoryLogStore();
        var history = new RuledHistory(_court.Governance!, Court.Genesis.Statement);
        var own = new OwnLog(store, _court, epoch: 1);
        List<Task<AppendResult>> answers = [];
        for (var i = 0; i < deeds.Length; i++)
        {
            if (deeds[i].Deed == RuledHistory.Deeds)
            {
                await own.DisposeAsync();
                own = new OwnLog(store, _court, i < deeds.Length / 2 ? 1 : 2);
                continue;
            }
            answers.Add(own.AppendAsync(history.Next(deeds[i].Deed, deeds[i].Which, own.Log.Head.Size)));
        }
        await own.DisposeAsync();

        var entries = store.ReadEntries(0, 10_000).Select(e => (ReadOnlyMemory<byte>)e).ToArray();
        Assert.Equal(LogStopReason.Closed, own.Log.Health.Reason);
        using var mirror = new EntryRules(_court.Governance);
        Assert.Null(mirror.Rule(0, entries, long.MaxValue, RuledCourt.Nowhere).Fault);
        foreach (var result in (await Task.WhenAll(answers)).Where(r => !r.IsSequenced))
        {
            Assert.NotNull(result.Refusal?.Rule);
        }
    }

    private static Statement Parse(ReadOnlyMemory<byte> entry)
    {
        Assert.Equal(StatementVerdict.Valid, Statement.TryParse(entry.Span, out var statement, out _));
        return statement!;
    }

    private static VerifiedStatement Verified(Statement statement, SigningKey key)
    {
        using var ready = new VerificationKey(key.PublicKey);
        Assert.Equal(StatementVerdict.Valid, VerifiedStatement.TryVerify(statement, ready, out var verified));
        return verified!;
    }

    private static (long, long, Digest, long, Digest) Shape(BatchHeader header) =>
        (header.First, header.Epoch, header.Set, header.FinalSize, header.FinalRoot);
}
