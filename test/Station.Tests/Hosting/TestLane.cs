using System.Net.WebSockets;
using Cinnabar.Evidence.Statements;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Tests.Hosting;

/// <summary>The seal's end of a lane.</summary>
internal sealed class TestLane(ClientWebSocket web) : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly UplinkSocket _socket = new(web, 4 * 1024 * 1024);

    public WelcomeMessage? Welcome { get; set; }

    public async Task SendAsync(UplinkMessage message)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        await _socket.SendAsync(message, deadline.Token);
    }

    public Task SendAsync(Statement statement) => SendAsync(new StatementMessage(statement.Chain!.Sequence, statement.Bytes));

    /// <summary>Sends bytes that no message of ours would have.</summary>
    public async Task SendRawAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        await web.SendAsync(bytes, type, endOfMessage: true, deadline.Token);
    }

    public async Task<UplinkMessage?> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        return await _socket.ReceiveAsync(deadline.Token);
    }

    public async Task<T> ReceiveAsync<T>()
        where T : UplinkMessage => Assert.IsType<T>(await ReceiveAsync());

    /// <summary>Sends a statement and waits for its acknowledgement.</summary>
    public async Task<AckMessage> AcknowledgedAsync(Statement statement)
    {
        await SendAsync(statement);
        var ack = await ReceiveAsync<AckMessage>();
        Assert.Equal(statement.Hash, ack.Hash);
        Assert.Equal(statement.Chain!.Sequence, ack.Sequence);
        return ack;
    }

    /// <summary>Waits until the station ends the lane.</summary>
    /// <returns>The close status, or null when the connection was cut.</returns>
    public async Task<WebSocketCloseStatus?> ClosedAsync()
    {
        try
        {
            while (await ReceiveAsync() is not null)
            {
            }

            return web.CloseStatus;
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>What the station wrote into its close frame.</summary>
    public string? CloseReason => web.CloseStatusDescription;

    /// <summary>Cuts the line without a word.</summary>
    public void Cut() => web.Abort();

    public void Dispose() => _socket.Dispose();
}
