using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Courts;

/// <summary>The way to one other court: HTTPS with both keys pinned. Safe for concurrent use.</summary>
/// <remarks>Source: docs/formats/court-link.md.</remarks>
internal sealed class CourtLink : IDisposable
{
    public const string PushPath = "/courts/v1/push";
    public const string HeadsPath = "/courts/v1/heads";
    public const string HeldSizeHeader = "X-Held-Size";

    private static readonly MediaTypeHeaderValue s_cbor = new("application/cbor");

    private readonly HttpClient _http;

    public CourtLink(CourtMember court, LinkKey own, TimeSpan answerLimit)
    {
        Court = court;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificates = [own.Certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => own.Certificate,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 certificate && LinkKey.DigestOf(certificate) == court.LinkKey,
            },
        })
        {
            BaseAddress = new Uri(court.Endpoint), Timeout = answerLimit, MaxResponseContentBufferSize = KnownHeads.LengthMax,
        };
    }

    /// <summary>Who is at the other end.</summary>
    public CourtMember Court { get; }

    /// <summary>Sends a push and reads the mirror's answer.</summary>
    /// <exception cref="HttpRequestException">No answer, or one that is no mirror's.</exception>
    public async Task<MirrorAnswer> PushAsync(MirrorPush push, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(push.Encode()) { Headers = { ContentType = s_cbor } };
        using var answer = await _http.PostAsync(new Uri(PushPath, UriKind.Relative), content, cancellationToken);

        // Not as a string: the other side would name the character set, and an unknown one is an exception of another kind.
        var text = System.Text.Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        return MirrorHttp.Read((int)answer.StatusCode, Header(answer), text)
            ?? throw new HttpRequestException($"{Court.Code} answered {(int)answer.StatusCode}, which no mirror does.");
    }

    /// <summary>Tells what this court knows and reads what the other one does.</summary>
    /// <exception cref="HttpRequestException">No answer, or one that is no court's.</exception>
    public async Task<KnownHeads> ExchangeAsync(KnownHeads known, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(known.Encode()) { Headers = { ContentType = s_cbor } };
        using var answer = await _http.PostAsync(new Uri(HeadsPath, UriKind.Relative), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return KnownHeads.TryDecode(await answer.Content.ReadAsByteArrayAsync(cancellationToken), out var heads)
            ? heads
            : throw new HttpRequestException($"{Court.Code} answered what is no list of heads.");
    }

    public void Dispose() => _http.Dispose();

    private static string? Header(HttpResponseMessage answer) => answer.Headers.TryGetValues(HeldSizeHeader, out var values) ? values.First() : null;
}
