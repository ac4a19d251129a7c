using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Cinnabar.Shared;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Setup;
using Cinnabar.Station.Tests.Hosting;

namespace Cinnabar.Station.Tests.Courts;

/// <summary>Four courts as real processes: three honest stations, and in the fourth's place the court that lies. Three voices make an entry final.</summary>
internal sealed class LyingLeague : IDisposable
{
    public const int Honest = 3;

    private readonly int[] _ports = FreePorts(Honest + 1);
    private readonly TestLeague _league;
    private readonly ChildStation[] _stations;
    private readonly HttpClient[] _auditors;

    public LyingLeague()
    {
        _league = new TestLeague(Honest + 1, court => $"https://127.0.0.1:{_ports[court]}");
        _league.Found();
        for (var court = 0; court < Honest; court++)
        {
            AddAuditor(_league.Data(court));
        }

        _stations = [.. Enumerable.Range(0, Honest).Select(c => ChildStation.Start(_league.Data(c), courts: new IPEndPoint(IPAddress.Loopback, _ports[c])))];
        Liar = MaliciousProgram.Start(_league.Data(Honest));
        _auditors = [.. _stations.Select(s => SignIn(s.Console))];
        var liar = GovernanceFile.Read(_league.Data(0).FullName)!.Current.Find($"log.c{Honest}.example/2026")!;
        LiarCode = liar.Code;
    }

    public MaliciousProgram Liar { get; }

    public string LiarCode { get; }

    public string Governance => _league.Governance(0).FullName;

    /// <summary>How an honest court sees all of them now.</summary>
    public JsonNode View(int court) => _auditors[court].GetFromJsonAsync<JsonNode>("/api/courts", TestContext.Current.CancellationToken).GetAwaiter().GetResult()!;

    /// <summary>The state and the reason with which an honest court shows the liar.</summary>
    public (string State, string Reason) LiarAt(int court)
    {
        var shown = View(court)["courts"]!.AsArray().Single(c => c!["code"]!.GetValue<string>() == LiarCode)!;
        return (shown["state"]!.GetValue<string>(), shown["reason"]!.GetValue<string>());
    }

    /// <summary>What an honest court knows of a log: newest signed, held and final size.</summary>
    public (long Size, long Held, long Final) LogAt(int court, string code)
    {
        var log = View(court)["logs"]!.AsArray().Single(l => l!["code"]!.GetValue<string>() == code)!;
        return (log["size"]!.GetValue<long>(), log["heldSize"]!.GetValue<long>(), log["finalSize"]!.GetValue<long>());
    }

    /// <summary>Hashes of the fork evidence that an honest court shows.</summary>
    public IReadOnlyList<string> ForksAt(int court) => [.. View(court)["forks"]!.AsArray().Select(f => f!["hash"]!.GetValue<string>())];

    public void EveryHonestCourt(Func<int, bool> holds, string what) => Eventually.Holds(
        () => Enumerable.Range(0, Honest).All(holds), $"at every honest court {what}; the liar says {string.Join(" | ", Liar.Lines.TakeLast(6))}");

    /// <summary>Something happens at every honest court, and becomes final.</summary>
    public void AssertHonestEntriesBecomeFinal()
    {
        for (var court = 0; court < Honest; court++)
        {
            var code = View(court)["self"]!.GetValue<string>();
            var before = LogAt(court, code).Size;
            using var stranger = new HttpClient { BaseAddress = _stations[court].Console };

            // A refused access is a fact that the station states.
            Eventually.Holds(() =>
            {
                using var refused = stranger.GetAsync(new Uri("/api/seals", UriKind.Relative)).GetAwaiter().GetResult();
                return LogAt(court, code).Final > before;
            }, $"what happens at court {court} becomes final; the liar says {string.Join(" | ", Liar.Lines.TakeLast(6))}");
        }
    }

    /// <summary>The evidence file, as people of a court take it away from the chain page.</summary>
    public string EvidenceOf(int court, string hash)
    {
        var file = _league.InRoot($"fork-{court}.cbor");
        File.WriteAllBytes(file, _auditors[court].GetByteArrayAsync($"/api/courts/forks/{hash}", TestContext.Current.CancellationToken).GetAwaiter().GetResult());
        return file;
    }

    public void Dispose()
    {
        Array.ForEach(_auditors, a => a.Dispose());
        Liar.Dispose();
        Array.ForEach(_stations, s => s.Dispose());
        _league.Dispose();
    }

    private static void AddAuditor(DirectoryInfo data)
    {
        var password = Path.Combine(data.FullName, "password");
        File.WriteAllText(password, TestPassword.Text + "\n");
        var root = new RootCommand { AdminCommand.Create(new Option<DirectoryInfo>("--data") { Required = true }) };
        Assert.Equal(0, root.Parse(["admin", "--data", data.FullName, "--login", "auditor", "--role", Access.Auditor, "--password-file", password]).Invoke());
    }

    private static HttpClient SignIn(Uri console)
    {
        var browser = new HttpClient { BaseAddress = console };
        browser.DefaultRequestHeaders.Add("X-Cinnabar", "1");
        using var answer = browser.PostAsJsonAsync("/api/session", new { login = "auditor", password = TestPassword.Text }).GetAwaiter().GetResult();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return browser;
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        try
        {
            return [.. listeners.Select(l =>
            {
                l.Start();
                return ((IPEndPoint)l.LocalEndpoint).Port;
            })];
        }
        finally
        {
            Array.ForEach(listeners, l => l.Dispose());
        }
    }
}
