using System.Net.Sockets;

namespace Cinnabar.Station.Notices;

/// <summary>A way out of the house. Safe for concurrent callers; an attempt never throws for what the far side does.</summary>
internal abstract class Channel(TimeSpan attemptTimeout, TimeProvider time)
{
    /// <summary>The name in recipients' settings, statements and the API: sms, email, webhook.</summary>
    public abstract string Name { get; }

    /// <exception cref="OperationCanceledException">Only when <paramref name="cancellationToken"/> fired: the station is stopping.</exception>
    public async Task<DeliveryResult> SendAsync(Notice notice, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(attemptTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await HandOffAsync(notice, linked.Token);
        }
        catch (Exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return DeliveryResult.TimedOut;
        }
        catch (HttpRequestException e)
        {
            return DeliveryResult.Unreachable(ReasonOf(e));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return DeliveryResult.Unreachable(ReasonOf(e as SocketException ?? e.InnerException as SocketException));
        }
    }

    protected abstract Task<DeliveryResult> HandOffAsync(Notice notice, CancellationToken cancellationToken);

    protected static string ReasonOf(SocketException? e) => e?.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => DeliveryReason.NameUnknown,
        _ => DeliveryReason.ConnectionFailed,
    };

    private static string ReasonOf(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => DeliveryReason.NameUnknown,
        HttpRequestError.SecureConnectionError => DeliveryReason.CertificateUntrusted,
        HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError
            or HttpRequestError.ConfigurationLimitExceeded => DeliveryReason.ProtocolBroken,
        _ when e.InnerException is PrivateAddressException => DeliveryReason.PrivateAddress,
        _ => DeliveryReason.ConnectionFailed,
    };
}
