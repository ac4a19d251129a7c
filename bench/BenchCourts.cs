using System.Net;
using System.Net.Sockets;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Bench;

/// <summary>Whole stations of several courts that watch each other, in this process: real TLS between them, a log and mirrors on disk for each.</summary>
internal sealed class BenchCourts : IAsyncDisposable
{
    private readonly List<WebApplication> _stations = [];
    private readonly List<DelayProxy> _wires = [];

    public IReadOnlyList<WebApplication> Stations => _stations;

    /// <param name="folder">Where they lie; the caller's to delete.</param>
    /// <param name="roundTrip">Injected between any two; zero for none.</param>
    public static async Task<BenchCourts> StartAsync(string folder, int courts, TimeSpan roundTrip, CancellationToken cancellationToken)
    {
        var bench = new BenchCourts();
        var data = Enumerable.Range(0, courts).Select(i => new DirectoryInfo(Path.Combine(folder, $"court-{i}"))).ToArray();
        var ports = data.Select(_ => FreePort()).ToArray();
        Found(data, [.. ports.Select(port => roundTrip > TimeSpan.Zero ? bench.Wire(port, roundTrip / 2) : port)]);
        foreach (var (folderOf, port) in data.Zip(ports))
        {
            var station = RunCommand.Build(folderOf, null, [
                new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.1:0"),
                new("Courts:ListenEndpoint", $"127.0.0.1:{port}"), new("Anchors:Engine", "none"), new("Logging:LogLevel:Default", "Error"),
            ]);
            bench._stations.Add(station);
            await station.StartAsync(cancellationToken);
        }

        foreach (var station in bench._stations)
        {
            await station.Services.GetRequiredService<FinalHeads>().WaitForSizeAsync(1, cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        }

        return bench;
    }

    /// <summary>Facts that a court's own station states, signed before the clock starts.</summary>
    public static Statement[] Facts(WebApplication station, int count, string mark)
    {
        var court = station.Services.GetRequiredService<CourtIdentity>();
        var key = station.Services.GetRequiredService<StationKeys>().Station;
        var facts = new Statement[count];
        Parallel.For(0, count, i => facts[i] = new StatementDraft
        {
            Issuer = court.StationIssuer, Subject = court.Origin, Kind = "heartbeat.missed", TimeMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            Body = CborValue.Map(
                ("device", CborValue.Text($"seal-{i:d8}")), ("last", CborValue.Integer(i)), ("silence_ms", CborValue.Integer(35_000)),
                ("mark", CborValue.Text(mark)), ("room", CborValue.Text(new string('x', 160)))),
        }.Sign(key));
        return facts;
    }

    /// <summary>Verifies a fact as the gateway does, logs it, and waits until it is final.</summary>
    public static async Task FinalAsync(WebApplication station, Statement fact, CancellationToken cancellationToken)
    {
        if (station.Services.GetRequiredService<KeyRegister>().TryVerify(fact, out var verified, out var refusal) != StatementVerdict.Valid)
        {
            throw new InvalidOperationException(refusal);
        }

        var result = await station.Services.GetRequiredService<CourtLog>().AppendVerifiedAsync(verified!, cancellationToken);
        if (!result.IsSequenced)
        {
            throw new InvalidOperationException($"An append was answered {result.Status}: {result.Refusal?.Sentence}");
        }

        await station.Services.GetRequiredService<FinalHeads>().WaitForSizeAsync(result.Index + 1, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var station in _stations)
        {
            await station.StopAsync();
            await station.DisposeAsync();
        }

        foreach (var wire in _wires)
        {
            await wire.DisposeAsync();
        }
    }

    private static void Found(DirectoryInfo[] data, int[] ports)
    {
        List<CourtMember> members = [];
        foreach (var (folder, i) in data.Select((d, i) => (d, i)))
        {
            InitCommand.Make(folder, new CourtIdentity($"第{i}法院", $"Court {i}", $"京010{i}", $"log.c{i}.example/1", null, null));
            LinkKey.Create(folder.FullName);
            CosignerKeys.Create(folder.FullName, 1);
            members.Add(OwnCourt.Open(folder).Member(1, $"https://127.0.0.1:{ports[i]}"));
        }

        var epoch = Epoch.Of(new EpochDraft { Number = 1, Courts = members, Liars = Quorum.LiarsOf(members.Count) });
        var approvals = data.Select(folder =>
        {
            using var keys = StationKeys.Open(folder.FullName);
            return EpochApproval.Sign(epoch, InitCommand.Read(folder).Code, keys.Court, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        }).ToArray();
        Array.ForEach(data, folder => GovernanceFile.Save(folder.FullName, GovernanceLog.Begin(epoch, approvals)));
    }

    private int Wire(int port, TimeSpan oneWay)
    {
        _wires.Add(new DelayProxy(port, oneWay));
        return _wires[^1].Port;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
