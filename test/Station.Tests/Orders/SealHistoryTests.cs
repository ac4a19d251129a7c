using Cinnabar.Evidence.Cbor;
using Cinnabar.Shared;
using Cinnabar.Station.Seals;
using Cinnabar.Station.Tests.Console;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Orders;

public sealed class SealHistoryTests
{
    [Fact]
    public async Task HoursOfSignedVideo_LeaveTheFactsThatMatterInTheHistory()
    {
        await using var station = await RunningStation.StartAsync();
        using var judge = await station.SignInAsync("judge", ["judge"]);
        var (seal, door) = await OrderSamples.ArmAsync(station, judge);
        using (door)
        {
            for (var i = 0; i < 4; i++)
            {
                await door.StateAsync("voice.suppressed", CborValue.EmptyMap);
                await door.StateAsync("settings.applied", CborValue.Map(("version", CborValue.Integer(i))));
                await door.StateAsync("settings.applied", CborValue.Map(("version", CborValue.Integer(i))));
            }

            var store = station.Services.GetRequiredService<SealsStore>();
            Eventually.Holds(() => store.History(seal, 100).Count(f => f.Kind == "settings.applied") == 8, "all of it is in the log");
            var history = store.History(seal, 4);
            Assert.Equal(4, history.Count(f => f.Routine));
            Assert.Equal(["voice.suppressed", "voice.suppressed", "voice.suppressed", "voice.suppressed"], history.Where(f => !f.Routine).Select(f => f.Kind));
            Assert.Equal(history.OrderByDescending(f => f.Index).Select(f => f.Hash), history.Select(f => f.Hash));
        }
    }

    [Theory]
    [InlineData("strip.cut")]
    [InlineData("door.open")]
    [InlineData("heartbeat.missed")]
    [InlineData("incident.opened")]
    [InlineData("media.mismatch")]
    [InlineData("signature.bad")]
    [InlineData("pack.exported")]
    public void Alarm_IsNeverRoutine(string kind) => Assert.DoesNotContain(kind, TimelineItem.RoutineKinds);
}
