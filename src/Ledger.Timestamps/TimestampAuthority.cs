using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Timestamps;

/// <summary>One time-stamping authority, asked over HTTP. What it answers is checked before anybody sees it.</summary>
/// <remarks>Safe for concurrent use. It learns a SHA-256 digest and our address, nothing of what was stamped.</remarks>
public sealed class TimestampAuthority
{
    private const int DetailMaxChars = 200;

    private readonly Uri _address;
    private readonly X509Certificate2Collection _roots;
    private readonly TimestampLimits _limits;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly RandomNumberGenerator _random;

    /// <summary>Calls nobody.</summary>
    /// <param name="address">Where requests are posted; http is as good as https, since the answer is signed.</param>
    /// <param name="roots">The roots that the courts pinned for it.</param>
    /// <param name="http">Stays the caller's.</param>
    /// <param name="time">The court's clock, which the authority's is held against.</param>
    /// <param name="random">Makes nonces.</param>
    public TimestampAuthority(Uri address, X509Certificate2Collection roots, TimestampLimits limits, HttpClient http, TimeProvider time, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(roots);
        if (roots.Count == 0)
        {
            throw new ArgumentException("An authority without a pinned root is nobody.", nameof(roots));
        }

        _address = address;
        _roots = roots;
        _limits = limits;
        _http = http;
        _time = time;
        _random = random;
    }

    /// <summary>Asks for a timestamp over a digest and checks the answer: docs/formats/timestamp.md, section 3.</summary>
    /// <param name="imprint">SHA-256 of what is stamped.</param>
    /// <returns>Never throws for what the authority does.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<TimestampResult> StampAsync(Digest imprint, CancellationToken cancellationToken)
    {
        var nonce = TimestampNonce.New(_random);
        var request = Rfc3161TimestampRequest.CreateFromHash(imprint.ToArray(), HashAlgorithmName.SHA256, requestedPolicyId: null, nonce, requestSignerCertificates: true);
        var earliest = _time.GetUtcNow() - _limits.ClockTolerance;

        // 1 to 3. An answer, in time and in size.
        var (verdict, detail, answer) = await ExchangeAsync(request.Encode(), cancellationToken).ConfigureAwait(false);
        if (verdict != TimestampVerdict.Valid)
        {
            return Refused(verdict, detail);
        }

        // 4 and 5. A granted one.
        verdict = TimestampAnswer.Read(answer, out var token, out detail);
        if (verdict != TimestampVerdict.Valid)
        {
            return Refused(verdict, detail);
        }

        var expected = new TimestampExpectation(imprint) { Nonce = nonce, Earliest = earliest, Latest = _time.GetUtcNow() + _limits.ClockTolerance };
        verdict = TimestampVerifier.Verify(token, expected, _roots, out var facts);
        return verdict == TimestampVerdict.Valid ? new TimestampResult(verdict, "", token, facts) : Refused(verdict, $"a token of {token.Length} bytes");
    }

    private async Task<(TimestampVerdict Verdict, string Detail, ReadOnlyMemory<byte> Answer)> ExchangeAsync(byte[] query, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_limits.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(query) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return (TimestampVerdict.ErrorStatus, $"status {(int)response.StatusCode}", default);
            }

            await using var stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            var answer = new byte[TimestampLimits.AnswerMaxBytes + 1];
            var length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, either.Token).ConfigureAwait(false);
            return length == answer.Length
                ? (TimestampVerdict.AnswerTooLong, $"more than {TimestampLimits.AnswerMaxBytes} bytes", default)
                : (TimestampVerdict.Valid, "", answer.AsMemory(0, length));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (TimestampVerdict.NoAnswer, $"nothing within {_limits.Timeout.TotalSeconds} s", default);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (TimestampVerdict.NoAnswer, exception.Message, default);
        }
    }

    private static TimestampResult Refused(TimestampVerdict verdict, string detail) =>
        new(verdict, detail.Length > DetailMaxChars ? detail[..DetailMaxChars] : detail, default, null);
}
