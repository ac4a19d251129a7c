using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Courts;

namespace Cinnabar.MaliciousCourt;

/// <summary>The way to an honest court, written from docs/formats/court-link.md and not from the station's code.</summary>
internal sealed class CourtPeer : IDisposable
{
    private static readonly MediaTypeHeaderValue s_cbor = new("application/cbor");

    private readonly HttpClient _http;

    public CourtPeer(CourtMember court, X509Certificate2 own)
    {
        Court = court;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificates = [own],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => own,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 certificate && KeyOf(certificate) == court.LinkKey,
            },
        })
        {
            BaseAddress = new Uri(court.Endpoint), Timeout = TimeSpan.FromSeconds(10),
        };
    }

    public CourtMember Court { get; }

    public static Digest KeyOf(X509Certificate2 certificate) => Digest.Of(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>The status, the held size (-1 when none is named) and the lines of a cosignature.</summary>
    public async Task<(int Status, long Held, IReadOnlyList<NoteSignature> Lines, string Said)> PushAsync(MirrorPush push, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync("/courts/v1/push", push.Encode(), cancellationToken);
        var said = await answer.Content.ReadAsStringAsync(cancellationToken);
        var held = answer.Headers.TryGetValues("X-Held-Size", out var values) ? long.Parse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture) : -1;
        return ((int)answer.StatusCode, held, SignedNote.TryParse(Encoding.UTF8.GetBytes("-\n\n" + said), out var note) ? note.Signatures : [], said.Trim());
    }

    public async Task TellAsync(KnownHeads known, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync("/courts/v1/heads", known.Encode(), cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> PostAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = s_cbor } };
        return await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
    }
}
