using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Gateway;

public sealed class ChainTests(SharedStation court) : IClassFixture<SharedStation>, IAsyncLifetime
{
    private readonly TestStation _station = court.Begin();
    private TestSeal _seal = null!;
    private TestLane _lane = null!;

    public async ValueTask InitializeAsync()
    {
        _seal = await TestSeal.EnrolAsync(_station);
        _lane = await _seal.ConnectAsync(_station);
    }

    public ValueTask DisposeAsync()
    {
        _lane.Dispose();
        _seal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task MissingNumber_IsKeptAndStatedAsAGap()
    {
        await _lane.AcknowledgedAsync(_seal.Next());
        _seal.Next();

        await _lane.AcknowledgedAsync(_seal.Next());

        var gap = await _station.WaitForAsync("counter.gap", _seal.Seal);
        Assert.Equal((3, 1), (gap.Body["sequence"].AsInteger(), gap.Body["head_sequence"].AsInteger()));
        Assert.False(Row().Contested);
    }

    [Fact]
    public async Task SecondStatementWithOneNumber_IsKept_Stated_AndTheDeviceContested()
    {
        var honest = _seal.Next();
        await _lane.AcknowledgedAsync(honest);
        var other = Signed(_seal.Draft() with { Chain = honest.Chain, Body = CborValue.Map(("count", CborValue.Integer(99))) });

        await _lane.AcknowledgedAsync(other);

        await ForkedAsync(other);
    }

    [Fact]
    public async Task AnotherPredecessor_IsAFork()
    {
        await _lane.AcknowledgedAsync(_seal.Next());
        var other = Signed(_seal.Draft() with { Chain = new StatementChain(_seal.Boot, 2, Digest.Of("another"u8)) });

        await _lane.AcknowledgedAsync(other);

        await ForkedAsync(other);
    }

    [Fact]
    public async Task OldCounter_IsAFork()
    {
        for (var i = 0; i < 3; i++)
        {
            await _lane.AcknowledgedAsync(_seal.Next());
        }

        var old = Signed(_seal.Draft() with { Chain = new StatementChain(_seal.Boot, 2, Digest.Of("old"u8)) });

        await _lane.AcknowledgedAsync(old);

        await ForkedAsync(old);
    }

    [Fact]
    public async Task BootThatComesBack_IsAFork()
    {
        var first = _seal.Boot;
        await _lane.AcknowledgedAsync(_seal.Next());
        _seal.Reboot();
        await _lane.AcknowledgedAsync(_seal.Next());
        Shared.Eventually.Holds(() => Row().Sequence == 2, "the gateway followed");
        _seal.Reboot(first);
        var back = _seal.Next();

        await _lane.AcknowledgedAsync(back);

        await ForkedAsync(back);
    }

    [Fact]
    public async Task NewBoot_GoesOnInTheChain()
    {
        await _lane.AcknowledgedAsync(_seal.Next());
        _seal.Reboot();
        using var lane = await _seal.ConnectAsync(_station);

        await lane.AcknowledgedAsync(_seal.Next());

        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Kind is "chain.fork" or "counter.gap");
    }

    [Fact]
    public async Task ChainIsKnown_AfterARestart()
    {
        await _lane.AcknowledgedAsync(_seal.Next());
        await _station.RestartAsync();
        using var lane = await _seal.ConnectAsync(_station);

        await lane.AcknowledgedAsync(_seal.Next());

        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Kind is "chain.fork" or "counter.gap");
    }

    [Fact]
    public async Task ClockOneDayBack_IsKeptAndStated()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await _lane.AcknowledgedAsync(_seal.Next(timeMs: now));
        var back = _seal.Next(timeMs: now - 86_400_000);

        await _lane.AcknowledgedAsync(back);

        var jump = await _station.WaitForAsync("clock.jump", _seal.Seal);
        Assert.Equal((back.Hash, -86_400_000), (jump.Body["statement"].AsDigest(), jump.Body["offset_ms"].AsInteger()));
    }

    [Fact]
    public async Task HeartbeatOfAnotherTime_IsStatedOnce()
    {
        var ahead = TimeSpan.FromDays(1);
        for (var i = 1; i <= 3; i++)
        {
            await BeatAsync(i, ahead);
        }

        await BeatAsync(4, TimeSpan.Zero);

        await _station.WaitForAsync(s => s.Kind == "clock.jump" && s.Subject == _seal.Seal && s.Body["offset_ms"].AsInteger() < 60_000, "the clock's return");
        Assert.Equal(2, _station.Entries(_seal.Seal).Count(s => s.Kind == "clock.jump"));
    }

    [Fact]
    public async Task SecondSession_OfTheSameRun_ReplacesTheFirst()
    {
        using var second = await _seal.ConnectAsync(_station);

        Assert.Null(await _lane.ClosedAsync());

        await second.AcknowledgedAsync(_seal.Next());
        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Kind == "duplicate.device");
    }

    [Fact]
    public async Task SecondSession_OfAnotherRun_IsNoOffence_WhileTheFirstIsSilent()
    {
        _seal.Reboot();
        using var second = await _seal.ConnectAsync(_station);

        await second.AcknowledgedAsync(_seal.Next());

        Assert.DoesNotContain(_station.Entries(_seal.Seal), s => s.Kind == "duplicate.device");
    }

    [Fact]
    public async Task TwoRunsAtOnce_AreStated_AndTheDeviceContested()
    {
        _seal.Reboot();
        using var second = await _seal.ConnectAsync(_station);

        await BeatAsync(1, TimeSpan.Zero);

        var fact = await _station.WaitForAsync("duplicate.device", _seal.Seal);
        Assert.Equal(_seal.Device, fact.Body["device"].AsText());
        Shared.Eventually.Holds(() => Row().Contested, "the device was contested");
        await second.AcknowledgedAsync(_seal.Next());
    }

    [Fact]
    public async Task ThirdSession_EndsTheOldest()
    {
        _seal.Reboot();
        using var second = await _seal.ConnectAsync(_station);
        _seal.Reboot();
        using var third = await _seal.ConnectAsync(_station);

        Assert.Null(await _lane.ClosedAsync());

        await third.AcknowledgedAsync(_seal.Next());
    }

    private static HeartbeatMessage Beat(int counter, TimeSpan ahead) =>
        new(counter, (DateTimeOffset.UtcNow + ahead).ToUnixTimeMilliseconds(), CborValue.EmptyMap);

    private async Task BeatAsync(int counter, TimeSpan ahead)
    {
        await _lane.SendAsync(Beat(counter, ahead));
        Assert.Equal(counter, (await _lane.ReceiveAsync<BeatMessage>()).Counter);
    }

    private Statement Signed(StatementDraft draft) => draft.Sign(_seal.Key);

    private async Task ForkedAsync(Statement statement)
    {
        var fork = await _station.WaitForAsync("chain.fork", _seal.Seal);
        Assert.Equal(statement.Hash, fork.Body["statement"].AsDigest());
        Assert.Contains(_station.Entries(_seal.Seal), s => s.Hash == statement.Hash);
        Shared.Eventually.Holds(() => Row().Contested, "the device was contested");
    }

    private DeviceRow Row() => _station.Services.GetRequiredService<DevicesStore>().Find(_seal.Device)!;
}
