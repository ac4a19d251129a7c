using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cinnabar.Station.Notices;

/// <summary>Posts the warning as JSON and signs it. docs/design/alarms.md, "Webhook", is what a receiver is built from.</summary>
internal sealed class WebhookChannel : Channel, IDisposable
{
    public const string TimestampHeader = "Cinnabar-Timestamp";
    public const string SignatureHeader = "Cinnabar-Signature";
    public const string KeyHeader = "Cinnabar-Key";
    private readonly Uri _url;
    private readonly byte[] _secret;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public WebhookChannel(WebhookOptions options, TimeProvider time)
        : base(options.AttemptTimeout, time)
    {
        _url = options.Url ?? throw new ArgumentException("The webhook has no address.", nameof(options));
        _secret = Encoding.UTF8.GetBytes(options.Secret);
        _time = time;
        _client = new HttpClient(OutboundConnection.Handler(options.AllowPrivateAddresses, options.Parallelism))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 4096,
        };
    }

    public override string Name => "webhook";

    public void Dispose() => _client.Dispose();

    protected override async Task<DeliveryResult> HandOffAsync(Notice notice, CancellationToken cancellationToken)
    {
        using var request = Request(notice);
        // The answer's body is nobody's business: an endless one costs nothing.
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => DeliveryResult.HandedOff(DeliveryReason.Accepted),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => DeliveryResult.Refused(DeliveryReason.CredentialsRefused),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => DeliveryResult.Unreachable(DeliveryReason.ProviderBusy),
            >= HttpStatusCode.InternalServerError => DeliveryResult.Unreachable(DeliveryReason.ProviderFailed),
            // A redirect would carry the warning to an address nobody configured.
            < HttpStatusCode.BadRequest => DeliveryResult.Refused(DeliveryReason.Redirected),
            _ => DeliveryResult.Refused(DeliveryReason.RequestRefused),
        };
    }

    private HttpRequestMessage Request(Notice notice)
    {
        var facts = notice.Facts;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookBody(
                notice.Key, facts.Incident, facts.Kind, facts.Level, facts.Round, facts.SealNumber, facts.CaseNumber, facts.Place,
                facts.At, facts.Link, facts.LogMark, notice.Words.Text),
            WebhookJson.Default.WebhookBody);
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = content };
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(KeyHeader, notice.Key);
        request.Headers.Add(SignatureHeader, Sign(timestamp, body));
        return request;
    }

    // The time is inside the signature: whoever records a call cannot send it again tomorrow.
    private string Sign(string timestamp, byte[] body) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(_secret, (byte[])[.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body]));
}
