using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.MaliciousCourt;
using Cinnabar.Shared;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Setup;
using Cinnabar.Station.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Courts;

/// <summary>The real station of one of three courts, and the other two's keys in the hands of the test.</summary>
public class OnlineCourt : IAsyncLifetime
{
    private static readonly MediaTypeHeaderValue s_cbor = new("application/cbor");

    private readonly TestLeague _league = new(3);
    private readonly (string Key, string Value)[] _settings;
    private WebApplication _app = null!;

    public OnlineCourt()
        : this(("Courts:RefusalsStatedPerMinuteMax", "1000"), ("Courts:AnswerLimit", "00:00:02"))
    {
    }

    internal OnlineCourt(params (string Key, string Value)[] settings) => _settings = settings;

    internal Epoch Epoch { get; private set; } = null!;

    internal Uri Console { get; private set; } = null!;

    internal Uri Uplink { get; private set; } = null!;

    internal Uri Port { get; private set; } = null!;

    internal IServiceProvider Services => _app.Services;

    internal CourtLog Log => Services.GetRequiredService<CourtLog>();

    /// <summary>The log of court 1, which the tests of a class write on together.</summary>
    internal History Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _league.Found();
        Epoch = GovernanceFile.Read(_league.Data(0).FullName)!.Current;

        // Addresses of their own tell the three ports apart.
        _app = RunCommand.Build(_league.Data(0), null, [
            new("Station:ConsoleEndpoint", "127.0.0.1:0"), new("Station:UplinkEndpoint", "127.0.0.2:0"), new("Courts:ListenEndpoint", "127.0.0.3:0"),
            new("Logging:LogLevel:Default", "None"), .. _settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))]);
        await _app.StartAsync();
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToArray();
        (Console, Uplink, Port) = (addresses.Single(a => a.Host == "127.0.0.1"), addresses.Single(a => a.Host == "127.0.0.2"), addresses.Single(a => a.Host == "127.0.0.3"));
        Owner = History(1);
        using var court = Client(1);
        using var heard = await SendAsync(court, "/courts/v1/heads", new KnownHeads([], []).Encode());
        Assert.Equal(HttpStatusCode.OK, heard.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _league.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A log of a court that its real keys sign, from the genesis on.</summary>
    internal History History(int court, Epoch? epoch = null)
    {
        var genesis = Statement.TryParse(File.ReadAllBytes(Path.Combine(_league.Data(court).FullName, "genesis.cose")), out var statement, out var detail) == StatementVerdict.Valid
            ? statement! : throw new InvalidOperationException(detail);
        return new History(Epoch.Find(genesis.Subject)!, epoch ?? Epoch, CourtKeys.Open(_league.Data(court), Epoch), TimeProvider.System, [genesis.Bytes]);
    }

    /// <summary>A court's real certificate.</summary>
    internal X509Certificate2 CertificateOf(int court) => LinkKey.Open(_league.Data(court).FullName).Certificate;

    /// <summary>A client with a court's real certificate.</summary>
    internal HttpClient Client(int court) => Client(CertificateOf(court));

    /// <summary>A client with any certificate or none.</summary>
    internal HttpClient Client(X509Certificate2? certificate) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificates = certificate is null ? null : [certificate],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
            RemoteCertificateValidationCallback = (_, shown, _, _) => LinkKey.DigestOf((X509Certificate2)shown!) == Epoch.Courts.First(c => c.Origin == Log.Origin).LinkKey,
        },
    })
    {
        BaseAddress = Port, Timeout = TimeSpan.FromSeconds(30),
    };

    internal static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = s_cbor } };
        return await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    /// <summary>Pushes as court 1 and reads status, held size and text.</summary>
    internal async Task<(int Status, string? Held, string Text)> PushAsync(MirrorPush push)
    {
        using var client = Client(1);
        return await ReadAsync(await SendAsync(client, "/courts/v1/push", push.Encode()));
    }

    internal static async Task<(int Status, string? Held, string Text)> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var held = answer.Headers.TryGetValues("X-Held-Size", out var values) ? values.First() : null;
            return ((int)answer.StatusCode, held, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Waits for an <c>access.refused</c> about somebody, with this reason where one is named.</summary>
    internal void AssertStated(string path, string who, string? reason = null) => Eventually.Holds(
        () => Entries().Any(s => s.Kind == "access.refused" && s.Body["path"].AsText() == path && s.Body["who"].AsText().StartsWith(who, StringComparison.Ordinal)
            && (reason is null || s.Body["reason"].AsText().Contains(reason, StringComparison.Ordinal))),
        $"the log says that {who} was refused at {path} for {reason}; it has {string.Join(", ", Entries().Where(s => s.Kind == "access.refused").Select(s => s.Body.ToString()))}");

    private IEnumerable<Statement> Entries()
    {
        for (var i = 0L; Log.ReadEntry(i) is { } entry; i++)
        {
            if (Statement.TryParse(entry.Span, out var statement, out _) == StatementVerdict.Valid)
            {
                yield return statement!;
            }
        }
    }
}
