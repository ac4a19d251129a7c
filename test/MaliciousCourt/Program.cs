using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Sqlite;

namespace Cinnabar.MaliciousCourt;

/// <summary>
/// <c>cinnabar-malicious-court run --data DIR [--lie NAME] [--listen HOST:PORT] [--delay-ms N]</c>: takes the place of the court whose
/// folder this is, with its real keys, and lies. Prints <c>ready</c> when other courts can reach it, then what it does and what it
/// is answered. Reads <c>lie NAME</c> and <c>quit</c> from standard input; goes on when that ends.
/// </summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "The court's data folder; nothing in it is changed but that its log is opened once", Required = true };
        var lie = new Option<string?>("--lie") { Description = "What to begin with: " + string.Join(", ", Enum.GetValues<Lie>().Select(NameOf)) };
        var listen = new Option<string?>("--listen") { Description = "Address and port; default those of its endpoint in the epoch" };
        var delay = new Option<int>("--delay-ms") { Description = "How late the lie \"slow\" answers", DefaultValueFactory = _ => 60_000 };
        var run = new Command("run", "Be that court, and lie") { data, lie, listen, delay };
        run.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(data), Parse(parsed.GetValue(lie) ?? "none"), parsed.GetValue(listen), TimeSpan.FromMilliseconds(parsed.GetValue(delay)), cancellationToken));
        return new RootCommand("A court that lies, for tests and the demonstration") { run }.Parse(args).InvokeAsync();
    }

    private static async Task<int> RunAsync(DirectoryInfo data, Lie lie, string? listen, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (GovernanceLog.TryParse(await File.ReadAllBytesAsync(Path.Combine(data.FullName, "courts", "governance.cbor"), cancellationToken), out var governance, out var detail) != GovernanceVerdict.Valid
            || Statement.TryParse(await File.ReadAllBytesAsync(Path.Combine(data.FullName, "genesis.cose"), cancellationToken), out var genesis, out detail) != StatementVerdict.Valid)
        {
            await System.Console.Error.WriteLineAsync($"{data.FullName} is no folder of a member court: {detail}");
            return 1;
        }

        var self = governance!.Current.Find(genesis!.Subject)!;
        using var keys = CourtKeys.Open(data, governance.Current);
        using var verifier = new EpochVerifier(governance.Current);
        using var stranger = new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var seat = new CourtSeat(governance, verifier, self, keys.ToCosigner(self, governance.Current));
        using var mirror = new LyingMirror(seat);
        var owner = new LyingOwner(seat, new History(self, governance.Current, keys, TimeProvider.System, Entries(data, genesis)), TimeProvider.System, Say);
        var court = new LyingCourt(seat, keys, owner, mirror, TimeProvider.System, Say) { Delay = delay };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await court.RunAsync(EndpointOf(listen, self), () =>
        {
            Say("ready");
            if (lie != Lie.None)
            {
                court.Tell(lie, stranger);
            }

            _ = Task.Run(() => ObeyAsync(court, stranger, stop), CancellationToken.None);
        }, stop.Token);
        return 0;
    }

    /// <summary>The log as it stands: a lie that begins from nothing would be found at once.</summary>
    private static List<ReadOnlyMemory<byte>> Entries(DirectoryInfo data, Statement genesis)
    {
        var path = Path.Combine(data.FullName, "log.db");
        if (!File.Exists(path))
        {
            return [genesis.Bytes];
        }

        using var store = SqliteLogStore.Open(path);
        List<ReadOnlyMemory<byte>> entries = [];
        while (store.ReadEntries(entries.Count, 1_000) is { Count: > 0 } next)
        {
            entries.AddRange(next.Select(e => (ReadOnlyMemory<byte>)e));
        }

        return entries.Count > 0 ? entries : [genesis.Bytes];
    }

    private static async Task ObeyAsync(LyingCourt court, SigningKey stranger, CancellationTokenSource stop)
    {
        while (await System.Console.In.ReadLineAsync(stop.Token) is { } line)
        {
            if (line == "quit")
            {
                await stop.CancelAsync();
            }
            else if (line.StartsWith("lie ", StringComparison.Ordinal))
            {
                court.Tell(Parse(line[4..]), stranger);
            }
        }
    }

    private static IPEndPoint EndpointOf(string? listen, CourtMember self)
    {
        if (listen is not null)
        {
            return IPEndPoint.Parse(listen);
        }

        var endpoint = new Uri(self.Endpoint);
        return new IPEndPoint(IPAddress.TryParse(endpoint.Host, out var address) ? address : IPAddress.Any, endpoint.Port);
    }

    private static Lie Parse(string name) => Enum.GetValues<Lie>().First(l => NameOf(l) == name);

    private static string NameOf(Lie lie) =>
        string.Concat(lie.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : $"{c}"));

    private static void Say(string line)
    {
        lock (s_saying)
        {
            System.Console.Out.WriteLine(line);
            System.Console.Out.Flush();
        }
    }

    private static readonly Lock s_saying = new();
}
