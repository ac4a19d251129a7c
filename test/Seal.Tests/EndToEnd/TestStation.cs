using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Uplink;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Cinnabar.Seal.Tests.EndToEnd;

/// <summary>The station's side of the uplink on real Kestrel with mutual TLS: keeps what came, and answers as the test says.</summary>
internal sealed class TestStation : IAsyncDisposable
{
    private readonly TestCourt _court;
    private readonly string _sealNumber;
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<UplinkSocket, bool> _statementSockets = [];
    private readonly ConcurrentDictionary<UplinkSocket, bool> _mediaSockets = [];

    private TestStation(TestCourt court, string sealNumber, WebApplication app) => (_court, _sealNumber, _app) = (court, sealNumber, app);

    /// <summary>Answers a statement; null is silence. By default the acknowledgement of a log that has it durable.</summary>
    public Func<StatementMessage, UplinkMessage?> Answer { get; set; } = Acknowledge;

    /// <summary>Whether a recorded fragment is confirmed; by default each.</summary>
    public Func<FragmentMessage, bool> Keeps { get; set; } = static _ => true;

    /// <summary>Whether heartbeats are echoed.</summary>
    public bool Beats { get; set; } = true;

    /// <summary>Number that the welcome names.</summary>
    public long Acked { get; set; }

    public string OneTimeCode { get; set; } = "ABCD-EFGH-JKMN";

    public ConcurrentQueue<HelloMessage> Hellos { get; } = [];

    public ConcurrentQueue<StatementMessage> Received { get; } = [];

    /// <summary>Those of the statement lane; the media lane's say nothing.</summary>
    public ConcurrentQueue<HeartbeatMessage> Heartbeats { get; } = [];

    /// <summary>Everything of the media lane in order.</summary>
    public ConcurrentQueue<UplinkMessage> Media { get; } = [];

    public int Port => new Uri(_app.Urls.First()).Port;

    public string Address => $"https://localhost:{Port}";

    public IEnumerable<Statement> Statements => Received.Select(Parse);

    public static async Task<TestStation> StartAsync(TestCourt court, string sealNumber, int port = 0, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(tls =>
        {
            tls.ServerCertificate = certificate ?? court.ServerCertificate();
            tls.SslProtocols = SslProtocols.Tls13;
            tls.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            tls.ClientCertificateValidation = (client, _, _) => IsOurs(court, client);
        })));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var station = new TestStation(court, sealNumber, app);
        app.UseWebSockets();
        app.MapGet(UplinkClientEnrolment.AuthorityPath, () => Results.Bytes(court.Authority.RawData, "application/pkix-cert"));
        app.MapPost(EnrolRequest.Path, (Delegate)station.EnrolAsync);
        app.Map(UplinkClient.StatementsPath, http => station.ServeAsync(http, station._statementSockets, station.StatementLaneAsync));
        app.Map(UplinkClient.MediaPath, http => station.ServeAsync(http, station._mediaSockets, station.MediaLaneAsync));
        await app.StartAsync();
        return station;
    }

    public static UplinkMessage Acknowledge(StatementMessage message) => new AckMessage(message.Sequence, Digest.Of(message.Statement.Span));

    public static Statement Parse(StatementMessage message) =>
        Statement.TryParse(message.Statement.Span, out var statement, out var detail) == StatementVerdict.Valid
            ? statement!
            : throw new FormatException(detail);

    public async Task SendCommandAsync(ReadOnlyMemory<byte> statement)
    {
        await WaitAsync(() => !_statementSockets.IsEmpty, "the seal to connect");
        await _statementSockets.Keys.Last().SendAsync(new CommandMessage(statement), _stopping.Token);
    }

    public async Task SendMediaAsync(UplinkMessage message)
    {
        await WaitAsync(() => !_mediaSockets.IsEmpty, "the media lane");
        await _mediaSockets.Keys.Last().SendAsync(message, _stopping.Token);
    }

    /// <summary>Cuts every connection without a word.</summary>
    public void Drop()
    {
        foreach (var socket in _statementSockets.Keys.Concat(_mediaSockets.Keys))
        {
            socket.Dispose();
        }
    }

    public async Task<Statement> WaitForAsync(string kind, Func<Statement, bool>? fits = null)
    {
        Statement? found = null;
        await WaitAsync(
            () => (found = Statements.FirstOrDefault(s => s.Kind == kind && (fits is null || fits(s)))) is not null,
            $"{kind}; got {string.Join(' ', Statements.Select(s => s.Kind))}");
        return found!;
    }

    /// <summary>Polls, because the other side is a real program; the deadline is no measurement.</summary>
    public static async Task WaitAsync(Func<bool> condition, string what)
    {
        for (var i = 0; i < 3000; i++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"Waited a minute for {what}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Drop();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private static bool IsOurs(TestCourt court, X509Certificate2 client)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(court.Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(client);
    }

    private async Task<IResult> EnrolAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var request = EnrolRequest.Decode(body.ToArray());
        return request.Code == OneTimeCode
            ? Results.Bytes(_court.Enrol(request, _sealNumber).Encode(), "application/cbor")
            : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private async Task ServeAsync(HttpContext http, ConcurrentDictionary<UplinkSocket, bool> sockets, Func<UplinkSocket, Task> lane)
    {
        if (!http.WebSockets.IsWebSocketRequest || http.Connection.ClientCertificate is null)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var web = await http.WebSockets.AcceptWebSocketAsync();
        using var socket = new UplinkSocket(web, 4 * 1024 * 1024);
        try
        {
            Hellos.Enqueue((HelloMessage)(await socket.ReceiveAsync(_stopping.Token))!);
            await socket.SendAsync(new WelcomeMessage(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Acked, 1000), _stopping.Token);
            sockets[socket] = true;
            await lane(socket);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The seal went, or the test cut it off.
        }
        finally
        {
            sockets.TryRemove(socket, out _);
        }
    }

    private async Task StatementLaneAsync(UplinkSocket socket)
    {
        while (await socket.ReceiveAsync(_stopping.Token) is { } message)
        {
            switch (message)
            {
                case StatementMessage statement:
                    Received.Enqueue(statement);
                    if (Answer(statement) is { } answer)
                    {
                        await socket.SendAsync(answer, _stopping.Token);
                        Acked = answer is AckMessage ack && ack.Sequence == Acked + 1 ? ack.Sequence : Acked;
                    }

                    break;
                case HeartbeatMessage beat:
                    await BeatAsync(socket, beat);
                    break;
            }
        }
    }

    private async Task MediaLaneAsync(UplinkSocket socket)
    {
        while (await socket.ReceiveAsync(_stopping.Token) is { } message)
        {
            if (message is HeartbeatMessage beat)
            {
                await BeatAsync(socket, beat);
                continue;
            }

            Media.Enqueue(message);
            if (message is PictureMessage picture)
            {
                await socket.SendAsync(new KeptMessage(picture.Hash), _stopping.Token);
            }
            else if (message is FragmentMessage fragment
                && (fragment.Flags & (FragmentMarks.Recorded | FragmentMarks.Init)) == FragmentMarks.Recorded && Keeps(fragment))
            {
                await socket.SendAsync(new FragmentsKeptMessage(fragment.Stream, fragment.Index, fragment.Index), _stopping.Token);
            }
        }
    }

    private async Task BeatAsync(UplinkSocket socket, HeartbeatMessage beat)
    {
        if (beat.State.AsMap().Count > 0)
        {
            Heartbeats.Enqueue(beat);
        }

        if (Beats)
        {
            await socket.SendAsync(new BeatMessage(beat.Counter, beat.TimeMs), _stopping.Token);
        }
    }
}
