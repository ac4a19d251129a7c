using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Cinnabar.Uplink;

/// <summary>Opens the lanes of a seal: TLS 1.3 with the device's certificate, trusting the pinned court CA and nothing else.</summary>
/// <remarks>
/// The system's roots play no part, so no public CA can speak for a court; the host name (or address) must stand in the
/// server's certificate. One instance for the life of the program: TLS sessions are resumed through it. Thread-safe.
/// </remarks>
public sealed class UplinkClient : IDisposable
{
    /// <summary>Path of the statement lane.</summary>
    public const string StatementsPath = "/uplink/statements";

    /// <summary>Path of the media lane.</summary>
    public const string MediaPath = "/uplink/media";

    private readonly Uri _station;
    private readonly UplinkLimits _limits;
    private readonly HttpMessageInvoker _invoker;

    /// <summary>Prepares; connects nothing yet.</summary>
    /// <param name="station">Scheme https or wss, host and port of the station's uplink.</param>
    /// <param name="certificate">The device's certificate with its private key; the caller keeps it alive.</param>
    /// <param name="authority">The court's CA certificate.</param>
    /// <param name="limits">Limits both sides hold to.</param>
    /// <param name="time">Clock; before the certificate's own start it is taken for unset, and the start stands for now.</param>
    public UplinkClient(Uri station, X509Certificate2 certificate, X509Certificate2 authority, UplinkLimits limits, TimeProvider time)
    {
        _station = station;
        _limits = limits;
        var policy = UplinkClientTrust.Only(authority);

        // A board without a clock starts in 1970 and would find every certificate not yet valid, and so never learn the time.
        if (time.GetUtcNow() < certificate.NotBefore)
        {
            policy.VerificationTime = certificate.NotBefore;
        }

        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = limits.HelloTimeout,
            ConnectCallback = ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificateContext = SslStreamCertificateContext.Create(certificate, [authority], offline: true),
                CertificateChainPolicy = policy,
            },
        });
    }

    /// <summary>Opens one lane. The hello is the caller's to send.</summary>
    /// <exception cref="WebSocketException">Refused, unreachable, or not the court: the inner exception says which.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or <see cref="UplinkLimits.HelloTimeout"/> is over.</exception>
    public async Task<UplinkSocket> ConnectAsync(UplinkClientLane lane, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            // Carriers drop idle connections without a word: pings find the dead ones below the heartbeats.
            socket.Options.KeepAliveInterval = _limits.HeartbeatInterval;
            socket.Options.KeepAliveTimeout = _limits.SilenceMax - _limits.HeartbeatInterval;
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(_limits.HelloTimeout);
            var path = lane == UplinkClientLane.Media ? MediaPath : StatementsPath;
            var address = new UriBuilder(_station) { Scheme = "wss", Path = path, Port = _station.Port }.Uri;
            await socket.ConnectAsync(address, _invoker, timeout.Token).ConfigureAwait(false);
            return new UplinkSocket(
                socket, lane == UplinkClientLane.Media ? _limits.MediaMessageBytesMax : _limits.StatementMessageBytesMax);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (context.InitialRequestMessage.RequestUri?.AbsolutePath == MediaPath && OperatingSystem.IsLinux())
            {
                KeepKernelBacklogSmall(socket);
            }

            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // IPPROTO_TCP, TCP_NOTSENT_LOWAT (linux/tcp.h): send refuses more while 16 KiB are unsent. A statement then waits for
    // that much video at most, not for the half megabyte that a kernel buffer holds.
    private static void KeepKernelBacklogSmall(Socket socket) =>
        socket.SetRawSocketOption(6, 25, BitConverter.GetBytes(16 * 1024));
}
