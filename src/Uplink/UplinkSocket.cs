using System.Net.WebSockets;

namespace Cinnabar.Uplink;

/// <summary>One lane: whole messages in and out of a WebSocket, within limits.</summary>
/// <remarks>
/// One caller may receive while any number send; sends are put one after the other. Used by both sides, so that both
/// refuse the same things.
/// </remarks>
/// <param name="socket">An open socket; disposed with this.</param>
/// <param name="messageBytesMax">Longest message accepted, bytes.</param>
public sealed class UplinkSocket(WebSocket socket, int messageBytesMax) : IDisposable
{
    private const int FirstBufferBytes = 4096;

    private readonly SemaphoreSlim _sending = new(1, 1);
    private byte[] _buffer = new byte[Math.Min(FirstBufferBytes, messageBytesMax)];

    /// <summary>Waits for the next message.</summary>
    /// <returns>Null when the other side closed in order.</returns>
    /// <exception cref="FormatException">A text message, a malformed or an over-long one: close with 1008.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">The token fired; the socket is of no further use.</exception>
    public async ValueTask<UplinkMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (result.MessageType == WebSocketMessageType.Text)
            {
                throw new FormatException("Uplink messages are binary.");
            }

            length += result.Count;
            if (result.EndOfMessage)
            {
                return UplinkMessage.Decode(_buffer.AsSpan(0, length));
            }

            if (length == _buffer.Length)
            {
                Grow();
            }
        }
    }

    /// <summary>Sends one message.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async ValueTask SendAsync(UplinkMessage message, CancellationToken cancellationToken)
    {
        var bytes = message.Encode();
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Tells the other side why, without waiting for its answer: a dead peer must not hold us.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        try
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await socket.CloseOutputAsync(status, Shorten(reason), timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            socket.Abort();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }

    // The reason of a close frame has at most 123 bytes of UTF-8 (RFC 6455 section 5.5); a third leaves room for any script.
    private static string Shorten(string reason) => reason.Length <= 40 ? reason : reason[..40];

    private void Grow()
    {
        if (_buffer.Length >= messageBytesMax)
        {
            throw new FormatException($"An uplink message has at most {messageBytesMax} bytes.");
        }

        Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, messageBytesMax));
    }
}
