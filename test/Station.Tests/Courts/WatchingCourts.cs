using System.Net;
using System.Net.Sockets;
using Cinnabar.Station.Setup;
using Cinnabar.Station.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Cinnabar.Station.Tests.Courts;

/// <summary>Whole stations of courts that watch each other over real TLS on loopback, and share one embedded anchor engine.</summary>
internal sealed class WatchingCourts : IAsyncDisposable
{
    private readonly TestLeague _league;
    private readonly List<WebApplication> _stations = [];

    private WatchingCourts(int courts) => _league = new TestLeague(courts);

    public IReadOnlyList<WebApplication> Stations => _stations;

    public static async Task<WatchingCourts> StartAsync(int courts)
    {
        var all = new WatchingCourts(courts);
        var ports = Enumerable.Range(0, courts).Select(_ => FreePort()).ToArray();
        all.Found(ports);
        for (var court = 0; court < courts; court++)
        {
            var station = RunCommand.Build(all._league.Data(court), null, [
                new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.1:0"), new("Courts:ListenEndpoint", $"127.0.0.1:{ports[court]}"),
                new("Anchors:Spacing", "00:00:00.100"), new("Anchors:Sqlite:File", all._league.InRoot("engine.db")), new("Logging:LogLevel:Default", "None")]);
            all._stations.Add(station);
            await station.StartAsync(TestContext.Current.CancellationToken);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var station in _stations)
        {
            await station.StopAsync();
            await station.DisposeAsync();
        }

        _league.Dispose();
    }

    private void Found(int[] ports)
    {
        var draft = _league.InRoot("draft.cbor");
        string[] members = [.. ports.Select((_, c) => _league.InRoot($"member-{c}.cbor"))];
        for (var court = 0; court < ports.Length; court++)
        {
            _league.Do("member", "--data", _league.Data(court).FullName, "--endpoint", $"https://127.0.0.1:{ports[court]}", "--epoch", "1", "--out", members[court]);
        }

        _league.Do(["propose", "--members", .. members, "--out", draft]);
        string[] approvals = [.. ports.Select((_, c) => _league.Approve(c, draft))];
        for (var court = 0; court < ports.Length; court++)
        {
            _league.Do(["adopt", "--data", _league.Data(court).FullName, "--draft", draft, "--approvals", .. approvals]);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
