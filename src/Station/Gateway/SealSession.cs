using System.Net.WebSockets;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Gateway;

/// <summary>One live statement lane: takes statements in, acknowledges what is durable, hands commands out.</summary>
/// <remarks>The socket stays the caller's, who tells the seal why the lane ended.</remarks>
internal sealed class SealSession(UplinkSocket socket, DeviceRow device, HelloMessage hello, ChainGuard chain, StatementIntake intake) : IDisposable
{
    private const int RetryMs = 2_000;

    private readonly CancellationTokenSource _ended = new();

    // Bounds what one seal can have in our memory; a seal that keeps to the contract never waits here.
    private readonly SemaphoreSlim _unanswered = new(intake.Options.Limits.UnacknowledgedMax);
    private readonly SemaphoreSlim _commandsChanged = new(1);
    private readonly byte[] _boot = hello.Boot.ToArray();
    private SealSession? _predecessor;
    private volatile bool _superseded;

    public string Device => device.Device;

    public string Seal => device.Seal;

    /// <summary>Another session of the device took over; whatever still comes here comes from a second device.</summary>
    public void Supersede(SealSession by)
    {
        // At most two sessions of one device live: the newest, and the one it came upon.
        _predecessor?.End();
        _predecessor = null;
        if (by._boot.AsSpan().SequenceEqual(_boot))
        {
            // The same run of the same program came back: the old connection is dead and only we do not know it yet.
            End();
            return;
        }

        _superseded = true;
        by._predecessor = this;
    }

    /// <summary>Serves the lane until either side ends it.</summary>
    /// <exception cref="FormatException">The seal broke the contract: close with 1008.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        await socket.SendAsync(
            new WelcomeMessage(intake.NowMs, device.Through, (long)intake.Options.Limits.HeartbeatInterval.TotalMilliseconds), stop.Token);
        var delivering = DeliverAsync(stop);
        try
        {
            var pace = new StatementPace(intake.Options.StatementsPerSecondMax, intake.Time);
            while (await NextAsync(stop) is { } message)
            {
                await TakeAsync(message, pace, stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await delivering;
        }
    }

    /// <summary>A command for this device was sequenced; returns at once, whatever the link does.</summary>
    public void CommandsChanged()
    {
        try
        {
            if (_commandsChanged.CurrentCount == 0)
            {
                _commandsChanged.Release();
            }
        }
        catch (ObjectDisposedException)
        {
            // The lane has just ended; the command waits in its table for the next one.
        }
    }

    /// <summary>Ends the lane from our side.</summary>
    public void End()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    public void Dispose()
    {
        _ended.Dispose();
        _commandsChanged.Dispose();
    }

    private async ValueTask<UplinkMessage?> NextAsync(CancellationTokenSource stop)
    {
        stop.CancelAfter(intake.Options.Limits.SilenceMax);
        return await socket.ReceiveAsync(stop.Token);
    }

    private async Task TakeAsync(UplinkMessage message, StatementPace pace, CancellationToken cancellationToken)
    {
        if (_superseded)
        {
            intake.Oddities.Duplicate(Device, Seal);
            _superseded = false;
        }

        switch (message)
        {
            case StatementMessage statement:
                await pace.AdmitAsync(cancellationToken);
                await TakeAsync(statement, cancellationToken);
                break;
            case HeartbeatMessage beat:
                // Statements may be hours old when they arrive; only heartbeats tell what the seal's clock shows now.
                var offset = beat.TimeMs - intake.NowMs;
                if (chain.OffsetChanged(offset, intake.Options.ClockJump) is { } before)
                {
                    intake.Oddities.OffsetChanged(Device, Seal, before, offset);
                }

                await intake.AliveAsync(this, beat, cancellationToken);
                await socket.SendAsync(new BeatMessage(beat.Counter, intake.NowMs), cancellationToken);
                break;
            default:
                throw new FormatException($"{message.GetType().Name} does not belong on the statement lane.");
        }
    }

    private async Task TakeAsync(StatementMessage message, CancellationToken cancellationToken)
    {
        var received = intake.Time.GetUtcNow();
        var refusal = intake.Check(this, message.Statement.Span, out var verified, out var verdict);
        if (refusal is not null)
        {
            await RefuseAsync(message.Sequence, message.Statement.ToArray(), verdict, refusal, cancellationToken);
            return;
        }

        var statement = verified!.Statement;
        Judge(statement);

        // Not awaited: the log gathers a batch, and the next statement must not wait for the last one's commit.
        await _unanswered.WaitAsync(cancellationToken);
        var sequencing = intake.SubmitAsync(new Fact(verified, received), cancellationToken);
        _ = AnswerAsync(message.Sequence, statement, sequencing, cancellationToken);
    }

    private async Task RefuseAsync(long sequence, byte[] bytes, StatementVerdict verdict, string reason, CancellationToken cancellationToken)
    {
        if (!intake.Oddities.Refused(Device, Seal, bytes, verdict, reason))
        {
            throw new FormatException("Too many refused statements.");
        }

        await socket.SendAsync(new NakMessage(sequence, (long)verdict, reason, intake.NowMs), cancellationToken);
    }

    private void Judge(Statement statement)
    {
        var finding = chain.Judge(statement, out var head);
        if (finding is ChainFinding.Gap or ChainFinding.Fork)
        {
            intake.Oddities.Chain(Device, statement.Subject, finding, statement, head);
        }

        if (finding != ChainFinding.Again && chain.ClockWentBack(statement.TimeMs, intake.Options.ClockJump) is { } before)
        {
            intake.Oddities.ClockWentBack(Device, statement, before);
        }
    }

    private async Task AnswerAsync(long sequence, Statement statement, Task<AppendResult> sequencing, CancellationToken cancellationToken)
    {
        try
        {
            var result = await sequencing;
            if (result.IsSequenced)
            {
                chain.Settle(statement.Hash);
            }
            else if (result.Refusal is { MayChange: false } refusal)
            {
                // Its key was revoked while it waited: as if it had come a moment later.
                await RefuseAsync(sequence, statement.Bytes.ToArray(), StatementVerdict.KeyMismatch, refusal.Sentence, cancellationToken);
                return;
            }

            UplinkMessage answer = result.IsSequenced
                ? new AckMessage(sequence, statement.Hash)
                : new CannotMessage(sequence, $"The log answers {result.Status}.", RetryMs);
            await socket.SendAsync(answer, cancellationToken);
        }
        catch (FormatException)
        {
            End();
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // The link is gone; the seal sends again what was not acknowledged, and the log knows it by its hash.
        }
        finally
        {
            _unanswered.Release();
        }
    }

    /// <summary>Sends each waiting command once a session, as soon as it is sequenced.</summary>
    private async Task DeliverAsync(CancellationTokenSource stop)
    {
        var sent = new HashSet<string>();
        try
        {
            while (true)
            {
                await _commandsChanged.WaitAsync(stop.Token);
                foreach (var (hash, bytes) in intake.WaitingCommands(Device))
                {
                    if (sent.Add(hash))
                    {
                        await socket.SendAsync(new CommandMessage(bytes), stop.Token);
                    }
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Link or database: the lane ends, the seal comes back, and what it has not answered is sent then.
            await stop.CancelAsync();
        }
    }
}
