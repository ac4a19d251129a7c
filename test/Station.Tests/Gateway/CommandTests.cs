using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Gateway;

public sealed class CommandTests : IAsyncLifetime
{
    private TestStation _station = null!;
    private TestSeal _seal = null!;

    public async ValueTask InitializeAsync()
    {
        _station = await TestStation.StartAsync();
        _seal = await TestSeal.EnrolAsync(_station);
    }

    public async ValueTask DisposeAsync()
    {
        _seal.Dispose();
        await _station.DisposeAsync();
    }

    [Fact]
    public async Task Command_ReachesTheLiveSeal_OnceItIsSequenced()
    {
        using var lane = await _seal.ConnectAsync(_station);

        var command = await CommandAsync("command.siren_off");

        var message = await lane.ReceiveAsync<CommandMessage>();
        Assert.Equal(command.Bytes.ToArray(), message.Statement.ToArray());
        Assert.NotNull(_station.Log.Find(command.Hash));
    }

    [Fact]
    public async Task Command_ForAnAbsentSeal_WaitsForItsWelcome()
    {
        var command = await CommandAsync("grant.opening");
        Followed();

        using var lane = await _seal.ConnectAsync(_station);

        Assert.Equal(command.Hash, await TakeAsync(lane));
    }

    [Fact]
    public async Task Command_IsSentOnceASession_AndAgainUntilItIsAnswered()
    {
        using (var lane = await _seal.ConnectAsync(_station))
        {
            var first = await CommandAsync("command.pictures");
            Assert.Equal(first.Hash, await TakeAsync(lane));
            var second = await CommandAsync("command.speak");
            Assert.Equal(second.Hash, await TakeAsync(lane));
            await lane.AcknowledgedAsync(Answer(second.Hash));
            lane.Cut();
        }

        Followed();
        using var again = await _seal.ConnectAsync(_station);

        Assert.Equal("command.pictures", await TakeKindAsync(again));
        Assert.Equal("command.arm", await TakeNextKindAsync(again));
    }

    [Fact]
    public async Task AnswerOfAnotherSeal_CountsForNothing()
    {
        var command = await CommandAsync("command.pictures");
        using var other = await TestSeal.EnrolAsync(_station);
        using (var lane = await other.ConnectAsync(_station))
        {
            await lane.AcknowledgedAsync(other.Next("command.answered", Answered(command.Hash)));
            await lane.AcknowledgedAsync(other.Next());
        }

        Followed();
        using var mine = await _seal.ConnectAsync(_station);

        Assert.Equal(command.Hash, await TakeAsync(mine));
    }

    [Fact]
    public async Task CommandWhoseWindowIsOver_IsNeverSent()
    {
        await CommandAsync("command.speak", notAfter: DateTimeOffset.UtcNow.AddSeconds(-1));
        var good = await CommandAsync("command.pictures");
        Followed();

        using var lane = await _seal.ConnectAsync(_station);

        Assert.Equal(good.Hash, await TakeAsync(lane));
        Assert.Equal("command.arm", await TakeNextKindAsync(lane));
    }

    [Fact]
    public async Task NewerSettings_TakeThePlaceOfOlderOnes()
    {
        await CommandAsync("settings", version: 1);
        var newer = await CommandAsync("settings", version: 2);
        Followed();

        using var lane = await _seal.ConnectAsync(_station);

        Assert.Equal(newer.Hash, await TakeAsync(lane));
        await lane.AcknowledgedAsync(_seal.Next("settings.applied", CborValue.Map(
            ("settings", CborValue.Bytes(newer.Hash)), ("version", CborValue.Integer(2)))));
        Followed();
        lane.Cut();
        using var again = await _seal.ConnectAsync(_station);
        Assert.Equal("command.arm", await TakeNextKindAsync(again));
    }

    [Fact]
    public async Task CommandForOneSeal_DoesNotReachAnother()
    {
        using var other = await TestSeal.EnrolAsync(_station);
        using var otherLane = await other.ConnectAsync(_station);

        await CommandAsync("command.siren_off");

        await otherLane.AcknowledgedAsync(other.Next());
    }

    [Fact]
    public async Task SealThatDoesNotRead_HoldsUpNoOther()
    {
        using var deaf = await _seal.ConnectAsync(_station);
        using var other = await TestSeal.EnrolAsync(_station);
        using var lane = await other.ConnectAsync(_station);
        var filler = CborValue.Text(new string('x', 60_000));
        for (var i = 0; i < 200; i++)
        {
            _station.Writer.Court("command.speak", _seal.Seal, Body(_seal.Device, null, null, ("text", filler)));
        }

        var command = _station.Writer.Court("command.siren_off", other.Seal, Body(other.Device, null, null));

        Assert.Equal(command.Statement.Hash, await TakeAsync(lane));
    }

    private static CborValue Answered(Digest command) => CborValue.Map(("command", CborValue.Bytes(command)), ("result", CborValue.Text("done")));

    private static CborValue Body(string device, DateTimeOffset? notAfter, long? version, params (string, CborValue?)[] more)
    {
        var now = DateTimeOffset.UtcNow;
        return CborValue.Map([
            ("device", CborValue.Text(device)), ("version", version is { } v ? CborValue.Integer(v) : null),
            ("not_before", version is null ? CborValue.Integer(now.AddMinutes(-1).ToUnixTimeMilliseconds()) : null),
            ("not_after", version is null ? CborValue.Integer((notAfter ?? now.AddMinutes(5)).ToUnixTimeMilliseconds()) : null), .. more]);
    }

    private async Task<Statement> CommandAsync(string kind, DateTimeOffset? notAfter = null, long? version = null)
    {
        var written = _station.Writer.Court(kind, _seal.Seal, Body(_seal.Device, notAfter, version));
        Assert.True((await written.Sequencing).IsSequenced);
        return written.Statement;
    }

    private Statement Answer(Digest command) => _seal.Next("command.answered", Answered(command));

    /// <summary>Waits until the gateway has followed everything that is in the log.</summary>
    private void Followed()
    {
        var size = _station.Log.Head.Size;
        var follower = _station.Services.GetRequiredService<GatewayFollower>();
        Shared.Eventually.Holds(() => follower.Position >= size, "the gateway followed");
    }

    private static async Task<Digest> TakeAsync(TestLane lane) => Digest.Of((await lane.ReceiveAsync<CommandMessage>()).Statement.Span);

    private static async Task<string> TakeKindAsync(TestLane lane)
    {
        var message = await lane.ReceiveAsync<CommandMessage>();
        return Statement.TryParse(message.Statement.Span, out var statement, out _) == StatementVerdict.Valid ? statement!.Kind : "";
    }

    /// <summary>Gives one more command: what comes next is this one only when nothing else was waiting.</summary>
    private async Task<string> TakeNextKindAsync(TestLane lane)
    {
        await CommandAsync("command.arm");
        return await TakeKindAsync(lane);
    }
}
