using System.Net.WebSockets;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Seal.Journal;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Outbox;

/// <summary>
/// Keeps one lane open: connect, hello, welcome, then receive, send and beat until something breaks; wait; again.
/// A connection that was silent too long is abandoned, not closed: on a half-open socket a close may hang for minutes.
/// </summary>
internal abstract class Lane(UplinkClient client, UplinkClientLane kind, LaneIdentity identity, DeviceJournal journal, LaneTiming timing)
{
    private static readonly TimeSpan s_beatMin = TimeSpan.FromSeconds(1);

    private readonly UplinkClientDelay _delay = new(timing.Limits, timing.Random, timing.Time);
    private long _heard;
    private long _counter;

    /// <summary>Raised with one line for the log.</summary>
    public event Action<string>? Said;

    /// <summary>True while the station has welcomed us on this lane.</summary>
    public bool IsConnected { get; private set; }

    protected TimeProvider Time => timing.Time;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await RunConnectionAsync(cancellationToken);
                Say("closed by the station");
            }
            catch (Exception e) when (e is WebSocketException or FormatException or IOException or OperationCanceledException or TimeoutException or ObjectDisposedException)
            {
                if (!cancellationToken.IsCancellationRequested)
                {
                    Say(e.GetBaseException().Message);
                }
            }

            var delay = _delay.Next();
            Say($"reconnect in {delay.TotalMilliseconds:F0} ms");
            await Task.Delay(delay, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected void Say(string what) => Said?.Invoke($"lane={kind.ToString().ToLowerInvariant()} {what}");

    protected virtual CborValue State() => CborValue.EmptyMap;

    protected virtual void Opened(WelcomeMessage welcome)
    {
    }

    protected virtual void Closed()
    {
    }

    protected abstract void Receive(UplinkMessage message);

    /// <summary>Sends what there is to send until the token fires.</summary>
    protected abstract Task SendAsync(UplinkSocket socket, CancellationToken cancellationToken);

    private async Task RunConnectionAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var socket = await client.ConnectAsync(kind, ending.Token);
        var welcome = await GreetAsync(socket, ending.Token);
        IsConnected = true;
        _delay.Connected();
        Opened(welcome);
        Say("welcomed");
        try
        {
            var ended = await Task.WhenAny(
                ReceiveUntilClosedAsync(socket, ending.Token), SendAsync(socket, ending.Token), BeatAsync(socket, Interval(welcome), ending.Token));
            await ended;
        }
        finally
        {
            IsConnected = false;
            Closed();
            await ending.CancelAsync();
        }
    }

    private async Task<WelcomeMessage> GreetAsync(UplinkSocket socket, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(timing.Limits.HelloTimeout);
        await socket.SendAsync(
            new HelloMessage(UplinkLimits.Version, identity.Device, identity.Boot, journal.Head.Sequence, identity.Program), timeout.Token);
        switch (await socket.ReceiveAsync(timeout.Token))
        {
            case WelcomeMessage welcome:
                _heard = Time.GetTimestamp();
                return welcome;
            case LaterMessage later:
                _delay.Later(TimeSpan.FromMilliseconds(later.RetryMs));
                throw new TimeoutException($"asked to come back after {later.RetryMs} ms");
            case var other:
                throw new FormatException($"Expected a welcome, got {other?.GetType().Name ?? "the end"}.");
        }
    }

    private async Task ReceiveUntilClosedAsync(UplinkSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            while (await socket.ReceiveAsync(cancellationToken) is { } message)
            {
                Volatile.Write(ref _heard, Time.GetTimestamp());
                if (message is LaterMessage later)
                {
                    _delay.Later(TimeSpan.FromMilliseconds(later.RetryMs));
                    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "later");
                    return;
                }

                Receive(message);
            }
        }
        catch (FormatException e)
        {
            await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, e.Message);
            throw;
        }
    }

    private async Task BeatAsync(UplinkSocket socket, TimeSpan interval, CancellationToken cancellationToken)
    {
        var sent = Time.GetTimestamp() - (long)(interval.TotalSeconds * Time.TimestampFrequency);
        var step = TimeSpan.FromTicks(Math.Min(interval.Ticks, TimeSpan.TicksPerSecond));
        while (true)
        {
            if (Time.GetElapsedTime(Volatile.Read(ref _heard)) > timing.Limits.SilenceMax)
            {
                throw new TimeoutException($"silent for {timing.Limits.SilenceMax.TotalSeconds:F0} s, abandoned");
            }

            if (Time.GetElapsedTime(sent) >= interval)
            {
                sent = Time.GetTimestamp();

                // Not awaited without end: on a dead link a send hangs, and this loop is what notices dead links.
                var beat = new HeartbeatMessage(_counter++, Time.GetUtcNow().ToUnixTimeMilliseconds(), State());
                await socket.SendAsync(beat, cancellationToken).AsTask().WaitAsync(timing.Limits.SilenceMax, Time, cancellationToken);
            }

            await Task.Delay(step, Time, cancellationToken);
        }
    }

    private TimeSpan Interval(WelcomeMessage welcome)
    {
        var asked = TimeSpan.FromMilliseconds(Math.Min(welcome.HeartbeatMs, (long)timing.Limits.SilenceMax.TotalMilliseconds / 2));
        return asked < s_beatMin ? s_beatMin : asked;
    }
}
