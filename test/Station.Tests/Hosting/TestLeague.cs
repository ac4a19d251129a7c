using System.CommandLine;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Shared;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Setup;

namespace Cinnabar.Station.Tests.Hosting;

/// <summary>Courts in folders of their own, with the files they send each other: everything goes through the <c>court</c> commands.</summary>
internal sealed class TestLeague : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("cinnabar-league-");

    private readonly Func<int, string> _endpointOf;

    /// <param name="endpointOf">Where a court is reached; without it where nobody is.</param>
    public TestLeague(int courts, Func<int, string>? endpointOf = null)
    {
        _endpointOf = endpointOf ?? (court => $"https://c{court}.example:9443");
        while (Courts < courts)
        {
            _ = Add();
        }
    }

    public int Courts { get; private set; }

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero));

    public DirectoryInfo Data(int court) => new(Path.Combine(_root.FullName, $"c{court}"));

    public string InRoot(string name) => Path.Combine(_root.FullName, name);

    public FileInfo Governance(int court) => new(GovernanceFile.PathOf(Data(court).FullName));

    /// <summary>Runs one command line; <c>court</c> stands before it.</summary>
    public (int Code, string Said, string Refused) Run(params IEnumerable<string> arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var root = new RootCommand { CourtCommand.Create(new Option<DirectoryInfo>("--data") { Required = true }, Time) };
        var code = root.Parse(["court", .. arguments]).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Runs a command line that must do its work.</summary>
    public string Do(params IEnumerable<string> arguments)
    {
        var (code, said, refused) = Run(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {refused}");
        return said;
    }

    /// <summary>Runs a command line that must be refused, and gives the sentence.</summary>
    public string Refused(params IEnumerable<string> arguments)
    {
        var (code, _, refused) = Run(arguments);
        Assert.True(code == 1, $"{string.Join(' ', arguments)} was not refused.");
        return refused;
    }

    public string Member(int court, long epoch, string? name = null)
    {
        var file = InRoot(name ?? $"member-{court}-{epoch}.cbor");
        Do("member", "--data", Data(court).FullName, "--endpoint", _endpointOf(court), "--epoch", $"{epoch}", "--out", file);
        return file;
    }

    public string Approve(int court, string draft)
    {
        var file = InRoot($"approval-{court}-{Path.GetFileName(draft)}");
        Do("approve", "--data", Data(court).FullName, "--draft", draft, "--out", file);
        return file;
    }

    /// <summary>The draft of the first epoch of all courts.</summary>
    public string FirstDraft()
    {
        var draft = InRoot("draft-1.cbor");
        Do(["propose", "--members", .. Enumerable.Range(0, Courts).Select(c => Member(c, 1)), "--out", draft]);
        return draft;
    }

    /// <summary>Every court hands in, approves and adopts the first epoch.</summary>
    public string Found()
    {
        var draft = FirstDraft();
        string[] approvals = [.. Enumerable.Range(0, Courts).Select(c => Approve(c, draft))];
        for (var court = 0; court < Courts; court++)
        {
            Do(["adopt", "--data", Data(court).FullName, "--draft", draft, "--approvals", .. approvals]);
        }

        return draft;
    }

    /// <summary>What a court's folder says about it, and its keys.</summary>
    public OwnCourt Own(int court) => OwnCourt.Open(Data(court));

    /// <summary>Runs a court's station once, so that its log has begun; gives the signed head.</summary>
    public async Task<byte[]> RunStationAsync(int court)
    {
        await using (var app = RunCommand.Build(Data(court), null, [
            new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.1:0"), new("Courts:ListenEndpoint", "127.0.0.1:0"), new("Logging:LogLevel:Default", "None")]))
        {
            await app.StartAsync();
            await app.StopAsync();
        }

        using var store = SqliteLogStore.OpenForReading(Path.Combine(Data(court).FullName, FactsModule.LogFile));
        return store.ReadLastCheckpoint()!;
    }

    /// <summary>A file with this court's seals of every log of the epoch in force, all of which are empty but those given.</summary>
    public string Seal(int court, params (string Origin, byte[] Note)[] held)
    {
        var own = Own(court);
        var epoch = own.Governance!.Current;
        using var keys = StationKeys.Open(own.Folder);
        var file = InRoot($"seals-{court}-{Guid.NewGuid():n}.cbor");
        File.WriteAllBytes(file, CourtFiles.EncodeStatements(epoch.Courts.Select(c => LogSeal.Sign(
            epoch, c.Origin, held.FirstOrDefault(h => h.Origin == c.Origin).Note, own.Genesis.Code, keys.Court, Time.GetUtcNow().ToUnixTimeMilliseconds()))));
        return file;
    }

    /// <summary>One more court folder, which is in no epoch yet.</summary>
    /// <param name="code">Null for a court of its own; another's for a successor of its log.</param>
    public int Add(string? code = null, string? origin = null)
    {
        InitCommand.Make(Data(Courts), new CourtIdentity(
            $"第{Courts}人民法院", $"Court {Courts}", code ?? $"京010{Courts}", origin ?? $"log.c{Courts}.example/2026", null, null));
        return Courts++;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
