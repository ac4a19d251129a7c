using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Courts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Cinnabar.MaliciousCourt;

/// <summary>A member court that holds its real keys and does as it is told.</summary>
internal sealed class LyingCourt(CourtSeat seat, CourtKeys keys, LyingOwner owner, LyingMirror mirror, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_push = TimeSpan.FromMilliseconds(100);

    private readonly CourtMember[] _others = [.. seat.Others];
    private volatile Lie _lie;

    /// <summary>How late <see cref="Lie.Slow"/> answers.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tells a lie from now on.</summary>
    public void Tell(Lie lie, SigningKey stranger)
    {
        _lie = lie;
        owner.Tell(lie, stranger);
        say($"lie {lie}");
    }

    /// <summary>Serves and pushes until cancelled.</summary>
    /// <param name="listen">Where other courts reach it.</param>
    /// <param name="whenReady">Called when it answers.</param>
    public async Task RunAsync(IPEndPoint listen, Action whenReady, CancellationToken cancellationToken)
    {
        await using var app = Build(listen);
        await app.StartAsync(cancellationToken);
        whenReady();
        var peers = _others.Select(c => new CourtPeer(c, keys.Link)).ToArray();
        try
        {
            await Task.WhenAll([TickAsync(cancellationToken), .. peers.Select((p, i) => PushAsync(p, i, cancellationToken)), .. peers.Select((p, i) => TellAsync(p, i, cancellationToken))]);
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
        finally
        {
            Array.ForEach(peers, p => p.Dispose());
            await app.StopAsync(CancellationToken.None);
        }
    }

    private WebApplication Build(IPEndPoint listen)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(listen, port => port.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = keys.Link,
            SslProtocols = SslProtocols.Tls13,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (shown, _, _) => _others.Any(c => c.LinkKey == CourtPeer.KeyOf(shown)),
        })));
        var app = builder.Build();
        app.MapPost("/courts/v1/push", (RequestDelegate)AnswerPushAsync);
        app.MapPost("/courts/v1/heads", (RequestDelegate)AnswerHeadsAsync);
        return app;
    }

    private async Task AnswerPushAsync(HttpContext http)
    {
        var body = await BodyAsync(http);
        if (_lie == Lie.Slow)
        {
            await Task.Delay(Delay, time, http.RequestAborted);
        }

        var (status, held, text) = MirrorPush.TryDecode(body, out var push) ? mirror.Take(_lie, CourtOf(http), push, time.GetUtcNow()) : (400, 0, "no push\n");
        http.Response.StatusCode = status;
        http.Response.ContentType = _lie == Lie.Garbage ? "text/plain; charset=nonsense" : "text/plain; charset=utf-8";
        text = _lie == Lie.Garbage ? new string('\u2014', 10_000) : text;
        http.Response.Headers["X-Held-Size"] = held.ToString(CultureInfo.InvariantCulture);
        await http.Response.WriteAsync(text, http.RequestAborted);
    }

    private async Task AnswerHeadsAsync(HttpContext http)
    {
        await BodyAsync(http);
        var answer = Known(Array.FindIndex(_others, c => c.Origin == CourtOf(http).Origin)).Encode();
        http.Response.ContentType = "application/cbor";
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }

    private CourtMember CourtOf(HttpContext http)
    {
        var key = CourtPeer.KeyOf(http.Features.GetRequiredFeature<ITlsConnectionFeature>().ClientCertificate!);
        return _others.First(c => c.LinkKey == key);
    }

    private KnownHeads Known(int court)
    {
        List<ReadOnlyMemory<byte>> notes = [.. mirror.Notes, owner.NoteFor(court)];
        List<ReadOnlyMemory<byte>> evidence = [];
        if (_lie == Lie.FalseEvidence)
        {
            foreach (var other in _others)
            {
                var signer = new CheckpointSigner(other.Origin, keys.Log);
                var (one, two) = (signer.Sign(3, default), signer.Sign(3, Evidence.Digest.Of([1])));
                notes.AddRange([one, two]);
                evidence.Add(ForkEvidence.Of(one, two));
            }
        }

        return new KnownHeads([.. notes.Where(n => !n.IsEmpty)], evidence);
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_tick, time);
        do
        {
            owner.Tick();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task PushAsync(CourtPeer peer, int court, CancellationToken cancellationToken)
    {
        var (held, said) = (-1L, "");
        while (true)
        {
            try
            {
                if (owner.Next(court, held) is { } push)
                {
                    var answer = await peer.PushAsync(push, cancellationToken);
                    held = answer.Held;
                    owner.Take(court, push.OldSize + push.Entries.Count, answer.Lines);
                    said = SayOnce(said, answer.Status is 200 or 409 ? $"{peer.Court.Code} {answer.Status}" : $"{peer.Court.Code} {answer.Status} {answer.Said}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                said = SayOnce(said, $"{peer.Court.Code} {e.Message}");
            }

            await Task.Delay(s_push, time, cancellationToken);
        }
    }

    private string SayOnce(string before, string now)
    {
        if (before != now)
        {
            say(now);
        }

        return now;
    }

    private async Task TellAsync(CourtPeer peer, int court, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            try
            {
                await peer.TellAsync(Known(court), cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // A court that is away is told in the next second.
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private static async Task<byte[]> BodyAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }
}
