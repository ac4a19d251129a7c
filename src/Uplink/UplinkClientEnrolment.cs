using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cinnabar.Uplink;

/// <summary>Enrols a device: learns the court's CA, checks it against the code's fingerprint, then asks for a certificate.</summary>
/// <remarks>Source: docs/formats/uplink.md, Enrolment. Thread-safe.</remarks>
public static class UplinkClientEnrolment
{
    /// <summary>Path at which a station shows its CA certificate to anybody.</summary>
    public const string AuthorityPath = "/uplink/authority";

    private const int AnswerBytesMax = 256 * 1024;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs the enrolment.</summary>
    /// <param name="station">Scheme https, host and port of the station's uplink.</param>
    /// <param name="code">What the court handed to the installer.</param>
    /// <param name="request">Makes the request from the one-time code, after the court's CA was found genuine.</param>
    /// <exception cref="UplinkClientRefusedException">The CA is not the one the code names, or the court refused.</exception>
    /// <exception cref="HttpRequestException">Unreachable, or not the court's server.</exception>
    /// <exception cref="FormatException">The answer is malformed.</exception>
    public static async Task<EnrolAnswer> RunAsync(
        Uri station, UplinkClientCode code, Func<string, EnrolRequest> request, CancellationToken cancellationToken)
    {
        using var authority = await FetchAuthorityAsync(station, code, cancellationToken).ConfigureAwait(false);
        using var client = Client(new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateChainPolicy = UplinkClientTrust.Only(authority),
        });
        using var content = new ByteArrayContent(request(code.OneTime).Encode());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cbor");
        using var response = await client.PostAsync(new Uri(station, EnrolRequest.Path), content, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new UplinkClientRefusedException(Meaning(response.StatusCode));
        }

        var answer = EnrolAnswer.Decode(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return answer.Authority.Span.SequenceEqual(authority.RawData)
            ? answer
            : throw new UplinkClientRefusedException("The court's answer holds another CA certificate than the one its code names.");
    }

    private static async Task<X509Certificate2> FetchAuthorityAsync(Uri station, UplinkClientCode code, CancellationToken cancellationToken)
    {
        // Whoever answers here is not trusted: the bytes are, if their hash is the one on the installer's paper.
#pragma warning disable CA5359 // The check of the server's certificate is replaced by the fingerprint below.
        using var client = Client(new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true });
#pragma warning restore CA5359
        var der = await client.GetByteArrayAsync(new Uri(station, AuthorityPath), cancellationToken).ConfigureAwait(false);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(der))[..code.Fingerprint.Length];
        if (fingerprint != code.Fingerprint)
        {
            throw new UplinkClientRefusedException(
                $"The server's CA has the fingerprint {fingerprint}, the code names {code.Fingerprint}: this is not the court.");
        }

        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"The court's CA certificate is malformed: {e.Message}");
        }
    }

    private static HttpClient Client(SslClientAuthenticationOptions tls)
    {
#pragma warning disable CA2000 // The client owns and disposes its handler.
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, SslOptions = tls };
#pragma warning restore CA2000
        return new HttpClient(handler) { Timeout = s_timeout, MaxResponseContentBufferSize = AnswerBytesMax };
    }

    private static string Meaning(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Forbidden => "The court does not know this code, or it was used, or it has expired.",
        HttpStatusCode.Conflict => "The court knows this device under another key.",
        HttpStatusCode.BadRequest => "The court found the request malformed.",
        HttpStatusCode.TooManyRequests => "The court has had too many tries; wait a few minutes.",
        _ => $"The court answered {(int)status}.",
    };
}
