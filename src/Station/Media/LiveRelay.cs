using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Media;

/// <summary>Carries what a viewer is offered to the viewer's browser.</summary>
internal sealed class LiveRelay(IOptions<MediaOptions> options, IHostApplicationLifetime lifetime)
{
    /// <summary>Relays until the viewer leaves, does not take a message in time, or the station stops.</summary>
    public async Task RunAsync(WebSocket socket, LiveViewer viewer, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var listening = ListenAsync(socket, stop);
        try
        {
            await SendAsync(socket, viewer, stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The viewer left.
        }

        await stop.CancelAsync();
        await listening;
    }

    private async Task SendAsync(WebSocket socket, LiveViewer viewer, CancellationToken cancellationToken)
    {
        await foreach (var item in viewer.Items.ReadAllAsync(cancellationToken))
        {
            viewer.Taken();
            using var slow = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            slow.CancelAfter(options.Value.ViewerSendTimeout);
            var (data, type) = item.Json is { } json
                ? (Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text)
                : (item.Data, WebSocketMessageType.Binary);
            await socket.SendAsync(data, type, endOfMessage: true, slow.Token);
        }
    }

    /// <summary>A viewer says nothing; listening is how we notice that it left.</summary>
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource stop)
    {
        var buffer = new byte[64];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), stop.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // Ends in the same way.
        }

        await stop.CancelAsync();
    }
}
