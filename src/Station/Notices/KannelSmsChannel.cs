using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Cinnabar.Station.Notices;

/// <summary>Text messages through Kannel's smsbox (Kannel 1.4.5 user guide, "Using the HTTP interface to send SMS messages").</summary>
/// <remarks>
/// POST with X-Kannel headers and not GET with a query: addresses end up in access logs, and this one would carry the
/// password, the phone number and the text. The body is UTF-16BE with coding 2 (UCS-2), so Chinese arrives as it was written.
/// </remarks>
internal sealed class KannelSmsChannel : Channel, IDisposable
{
    // 1 delivered, 2 failed, 4 buffered, 8 accepted by the network, 16 refused by the network.
    private const string EveryReport = "31";
    private readonly KannelSmsOptions _options;
    private readonly SmsReportTokens _tokens;
    private readonly HttpClient _client;

    public KannelSmsChannel(KannelSmsOptions options, SmsReportTokens tokens, TimeProvider time)
        : base(options.AttemptTimeout, time)
    {
        _options = options;
        _tokens = tokens;
        // The gateway stands beside the station, so a private address is the rule here.
        _client = new HttpClient(OutboundConnection.Handler(allowPrivateAddresses: true, options.Parallelism))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 4096,
        };
    }

    public override string Name => "sms";

    public void Dispose() => _client.Dispose();

    protected override async Task<DeliveryResult> HandOffAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (!IsPhoneNumber(notice.Address)) return DeliveryResult.Refused(DeliveryReason.RecipientRefused);
        using var request = Request(notice);
        using var response = await _client.SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            // 202 with "0: Accepted for delivery" is handed on at once, "3: Queued for later delivery" waits for the network.
            HttpStatusCode.Accepted or HttpStatusCode.OK => DeliveryResult.HandedOff(
                (await response.Content.ReadAsStringAsync(cancellationToken)).StartsWith('3') ? DeliveryReason.Queued : DeliveryReason.Accepted),
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => DeliveryResult.Refused(DeliveryReason.CredentialsRefused),
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => DeliveryResult.Unreachable(DeliveryReason.ProviderBusy),
            >= HttpStatusCode.InternalServerError => DeliveryResult.Unreachable(DeliveryReason.ProviderFailed),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => DeliveryResult.Refused(DeliveryReason.Redirected),
            _ => DeliveryResult.Refused(DeliveryReason.RequestRefused),
        };
    }

    private HttpRequestMessage Request(Notice notice)
    {
        var body = new ByteArrayContent(Encoding.BigEndianUnicode.GetBytes(notice.Words.Text));
        body.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "UTF-16BE");
        var request = new HttpRequestMessage(HttpMethod.Post, _options.SendSmsUrl) { Content = body };
        request.Headers.Add("X-Kannel-Username", _options.UserName);
        request.Headers.Add("X-Kannel-Password", _options.Password);
        request.Headers.Add("X-Kannel-To", notice.Address);
        request.Headers.Add("X-Kannel-Coding", "2");
        if (_options.From.Length > 0) request.Headers.Add("X-Kannel-From", _options.From);
        if (_options.SmscId.Length > 0) request.Headers.Add("X-Kannel-SMSC", _options.SmscId);
        if (_options.ReportBaseUrl is { } reports)
        {
            request.Headers.Add("X-Kannel-DLR-Mask", EveryReport);
            // Kannel fills %d (status), %F (the network's message id) and %A (the network's answer).
            request.Headers.Add("X-Kannel-DLR-Url", $"{reports.GetLeftPart(UriPartial.Authority)}{SmsReportEndpoint.Path}/{_tokens.Issue(notice.Key)}?s=%d&f=%F&a=%A");
        }

        return request;
    }

    private static bool IsPhoneNumber(string address) =>
        address.Length is >= 3 and <= 20 && address.AsSpan(address[0] == '+' ? 1 : 0) is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9');
}
