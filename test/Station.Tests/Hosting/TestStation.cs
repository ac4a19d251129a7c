using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Console;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Hosting;

/// <summary>The real station with every module on real ports, in a folder made by the real init, which a restart keeps.</summary>
internal sealed class TestStation : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, string?> _settings;
    private readonly Dictionary<string, TestBrowser> _signedIn = new(StringComparer.Ordinal);
    private long _from;
    private int _seals;
    private WebApplication _app = null!;
    private ChannelReader<Signal> _received = null!;
    private X509Certificate2 _ca = null!;

    private TestStation(Dictionary<string, string?> settings) => _settings = settings;

    public DirectoryInfo Data { get; } = Directory.CreateTempSubdirectory("cinnabar-station-");

    public IServiceProvider Services => _app.Services;

    public Uri Console { get; private set; } = null!;

    public Uri Uplink { get; private set; } = null!;

    public CourtLog Log => Services.GetRequiredService<CourtLog>();

    public FactWriter Writer => Services.GetRequiredService<FactWriter>();

    public HealthBoard Health => Services.GetRequiredService<HealthBoard>();

    /// <summary>Everything that came over the received feed, from the start.</summary>
    public ChannelReader<Signal> Received => _received;

    public static async Task<TestStation> StartAsync(params (string Key, string Value)[] settings)
    {
        var station = new TestStation(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        InitCommand.Make(station.Data, TestCourt.Identity);
        station._ca = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(station.Data.FullName, "keys", "authority.crt"));
        await station.RunAsync();
        return station;
    }

    /// <summary>Stops in order and starts again in the same folder.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await RunAsync();
    }

    /// <summary>Starts in the folder of the station that was stopped.</summary>
    public Task StartAgainAsync() => RunAsync();

    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Data.Delete(recursive: true);
    }

    /// <summary>A test begins: what came before is none of its business.</summary>
    public void Begin()
    {
        _from = Log.Head.Size;
        while (_received.TryRead(out _))
        {
        }
    }

    /// <summary>The number of a seal that this station has not seen.</summary>
    public int NextSeal() => ++_seals;

    /// <summary>A new one-time code.</summary>
    public string NewCode(string seal) => Services.GetRequiredService<Enrolment>().NewCode(seal).Code;

    /// <summary>The court's CA, for issuing certificates that no enrolment would.</summary>
    public CertificateAuthority Authority => Services.GetRequiredService<CertificateAuthority>();

    /// <summary>A browser at the console port, signed in with the account of this role; null for a stranger.</summary>
    public async Task<TestBrowser> BrowseAsync(string? role)
    {
        if (role is null)
        {
            return new TestBrowser(Console);
        }

        if (_signedIn.TryGetValue(role, out var known))
        {
            return new TestBrowser(Console, known);
        }

        await using var scope = Services.CreateAsyncScope();
        var browser = _signedIn[role] = new TestBrowser(Console);
        await browser.SignInAsync(scope.ServiceProvider.GetRequiredService<UserManager<CourtUser>>(), role);
        return browser;
    }

    /// <summary>A client of the seals' port without a certificate, which trusts this court's CA only.</summary>
    public HttpClient UplinkClient() => new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => IsOurs(certificate!) })
    {
        BaseAddress = Uplink,
    };

    /// <summary>Waits for the first statement in the log that fits, from the beginning of the test.</summary>
    public async Task<Statement> WaitForAsync(Func<Statement, bool> fits, string what)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        try
        {
            await foreach (var entry in Log.Follow(_from, deadline.Token))
            {
                if (Parse(entry) is { } statement && fits(statement))
                {
                    return statement;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }

        throw new TimeoutException($"The log never held {what}; it has {string.Join(", ", Entries().Select(s => s.Kind))}.");
    }

    public Task<Statement> WaitForAsync(string kind) => WaitForAsync(s => s.Kind == kind, kind);

    /// <summary>The first one about this seal.</summary>
    public Task<Statement> WaitForAsync(string kind, string seal) => WaitForAsync(s => s.Kind == kind && s.Subject == seal, $"{kind} about {seal}");

    /// <summary>Every statement that the log has now, from the beginning of the test.</summary>
    public IReadOnlyList<Statement> Entries()
    {
        List<Statement> all = [];
        while (Log.ReadEntries(_from + all.Count, CourtLog.ReadEntriesMax) is { Count: > 0 } entries)
        {
            all.AddRange(entries.Select(e => Parse(e)!));
        }

        return all;
    }

    /// <summary>Those of them about this seal.</summary>
    public IReadOnlyList<Statement> Entries(string seal) => [.. Entries().Where(s => s.Subject == seal)];

    /// <summary>Waits for a signal on the received feed that fits; what came before is passed over.</summary>
    public async Task<T> ReceiveAsync<T>(Func<T, bool> fits)
        where T : Signal
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        await foreach (var signal in Received.ReadAllAsync(deadline.Token))
        {
            if (signal is T wanted && fits(wanted))
            {
                return wanted;
            }
        }

        throw new TimeoutException();
    }

    public bool IsOurs(X509Certificate certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var copy = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(copy);
    }

    private async Task RunAsync()
    {
        _app = RunCommand.Build(Data, null, [
            new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.1:0"),
            new("Logging:LogLevel:Default", "None"), .. _settings]);
        _received = Services.GetRequiredService<ReceivedFeed>().Follow();
        await _app.StartAsync();
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToArray();
        Console = addresses.Single(a => a.Scheme == "http");
        Uplink = addresses.Single(a => a.Scheme == "https");
    }

    private static Statement? Parse(SequencedEntry entry) =>
        Statement.TryParse(entry.Bytes.Span, out var statement, out _) == StatementVerdict.Valid ? statement : null;
}
