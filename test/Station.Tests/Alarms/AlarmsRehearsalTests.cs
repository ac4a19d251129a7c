using Cinnabar.Station.Alarms;
using Cinnabar.Station.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Alarms;

public sealed class AlarmsRehearsalTests
{
    [Fact]
    public async Task Rehearsal_LeavesNothingBehind_AndWarnsNobody()
    {
        await using var station = await TestStation.StartAsync();
        var store = station.Services.GetRequiredService<AlarmsStore>();

        Assert.Empty(store.Incidents(openOnly: false, 10));
        Assert.Empty(store.PendingWarnings());
        Assert.Empty(store.Owed(10));
        Assert.Null(store.Clock());
        Assert.DoesNotContain(station.Entries(), s => s.Subject == "rehearsal");
    }
}
