using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Station.Tests.Notices;
using Cinnabar.Uplink;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using HostedSeal = Cinnabar.Station.Tests.Hosting.TestSeal;

namespace Cinnabar.Station.Tests.Alarms;

/// <summary>The built station, killed with SIGKILL again and again while an alarm nags: each row's due time against the moment it was done.</summary>
public sealed class AlarmsKillTests
{
    // docs/design/alarms.md: what a killed station owes is done at most so long after it was due or the station was back.
    private const long OverdueMaxMs = 5_000;

    private readonly ConcurrentDictionary<int, long> _warned = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KilledAfterEachWarning_NoRowIsOverdueByMoreThanFiveSeconds()
    {
        await using var peer = await HttpPeer.StartAsync(_ => { }, routes => routes.MapPost("/hook", async (HttpContext http) =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            _warned.TryAdd(body.RootElement.GetProperty("round").GetInt32(), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        }));
        var station = await TestStation.StartAsync();
        using var seal = await HostedSeal.EnrolAsync(station);
        await station.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(station.Data.FullName, "station.json"), Settings(peer.Address), Stop);
        var rows = new Dictionary<int, (long DueMs, long BackMs)>();
        for (var round = 1; round <= 4; round++)
        {
            using var child = ChildStation.Start(station.Data);
            var back = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            if (round == 1)
            {
                await CutAsync(child, seal);
            }
            else
            {
                rows[round] = rows[round] with { BackMs = back };
            }

            await AlarmsRun.UntilAsync(() => _warned.ContainsKey(round));
            rows[round + 1] = (Due(station.Data), 0);
            child.Kill();
        }

        foreach (var (round, (due, back)) in rows.Where(r => r.Key <= 4))
        {
            Assert.True(_warned[round] - Math.Max(due, back) <= OverdueMaxMs, $"Warning {round} came {_warned[round] - Math.Max(due, back)} ms late.");
        }

        station.Data.Delete(recursive: true);
    }

    private static async Task CutAsync(ChildStation child, HostedSeal seal)
    {
        using var lane = await seal.OpenAsync(child.Uplink);
        await lane.SendAsync(seal.Hello());
        await lane.ReceiveAsync<WelcomeMessage>();
        await lane.AcknowledgedAsync(seal.Next("strip.cut"));
    }

    // The warning leaves after the commit that wrote the row of the next one.
    private static long Due(DirectoryInfo data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "alarms.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT due_ms FROM alarm_timer WHERE step = 'repeat'";
        return (long)command.ExecuteScalar()!;
    }

    private static string Settings(Uri peer) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "Alarms": { "FirstRepeats": [ "00:00:02" ], "Every": "00:00:02", "Duty": [ { "Name": "desk", "Channel": "webhook", "Address": "-", "PlanLevel": 1 } ] },
          "Notices": { "Webhook": { "Url": "{{peer}}hook", "Secret": "{{new string('s', 40)}}", "AllowPrivateAddresses": true } }
        }
        """);
}
