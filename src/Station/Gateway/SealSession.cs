using System.Net.WebSockets;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Gateway;

/// <summary>One live statement lane: takes statements in, acknowledges what is durable, hands commands out.</summary>
internal sealed class SealSession(UplinkSocket socket, DeviceRow device, HelloMessage hello, ChainGuard chain, StatementIntake intake) : IDisposable
{
    private const int RetryMs = 2_000;

    private readonly CancellationTokenSource _ended = new();
    private readonly byte[] _boot = hello.Boot.ToArray();
    private long? _clockOffsetMs;
    private long _lastTimeMs;
    private volatile bool _superseded;

    public string Device => device.Device;

    public string Seal { get; } = device.Seal ?? "";

    /// <summary>Another session of the device took over; whatever still comes here comes from a second device.</summary>
    public void Supersede(SealSession by)
    {
        if (by._boot.AsSpan().SequenceEqual(_boot))
        {
            // The same run of the same program came back: the old connection is dead and only we do not know it yet.
            _ended.Cancel();
            return;
        }

        _superseded = true;
    }

    /// <summary>Serves the lane until either side ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        await socket.SendAsync(new WelcomeMessage(intake.NowMs, chain.Sequence, (long)intake.Limits.HeartbeatInterval.TotalMilliseconds), stop.Token);
        foreach (var command in intake.WaitingCommands(Device))
        {
            await socket.SendAsync(new CommandMessage(command), stop.Token);
        }

        var pace = new StatementPace(intake.StatementsPerSecondMax, intake.Time);
        while (await NextAsync(stop) is { } message)
        {
            if (_superseded)
            {
                intake.RecordDuplicate(this);
                _superseded = false;
            }

            switch (message)
            {
                case StatementMessage statement:
                    await pace.AdmitAsync(stop.Token);
                    await TakeAsync(statement, stop.Token);
                    break;
                case HeartbeatMessage beat:
                    CompareClocks(beat);
                    await intake.AliveAsync(this, beat, stop.Token);
                    await socket.SendAsync(new BeatMessage(beat.Counter, intake.NowMs), stop.Token);
                    break;
                default:
                    throw new FormatException($"{message.GetType().Name} does not belong on the statement lane.");
            }
        }
    }

    public ValueTask SendCommandAsync(byte[] statement, CancellationToken cancellationToken) =>
        socket.SendAsync(new CommandMessage(statement), cancellationToken);

    public void Dispose()
    {
        _ended.Dispose();
        socket.Dispose();
    }

    private async ValueTask<UplinkMessage?> NextAsync(CancellationTokenSource stop)
    {
        stop.CancelAfter(intake.Limits.SilenceMax);
        return await socket.ReceiveAsync(stop.Token);
    }

    private async Task TakeAsync(StatementMessage message, CancellationToken cancellationToken)
    {
        var received = intake.Time.GetUtcNow();
        var refusal = intake.Check(this, message.Statement.Span, out var verified, out var verdict);
        if (refusal is not null)
        {
            intake.Quarantine(this, message.Statement.ToArray(), verdict, refusal, received);
            await socket.SendAsync(new NakMessage(message.Sequence, (long)verdict, refusal, intake.NowMs), cancellationToken);
            return;
        }

        var statement = verified!.Statement;
        RecordOddities(statement);

        // Not awaited: the log gathers a batch, and the next statement must not wait for the last one's commit.
        var sequencing = intake.SubmitAsync(new Fact(verified, received), cancellationToken);
        _ = AnswerAsync(message.Sequence, statement.Hash, sequencing, cancellationToken);
    }

    private void RecordOddities(Statement statement)
    {
        var head = (chain.Sequence, chain.Hash);
        var finding = chain.Judge(statement);
        if (finding is ChainFinding.Gap or ChainFinding.Fork)
        {
            intake.RecordChain(this, finding, statement, head.Sequence, head.Hash);
        }

        if (statement.TimeMs < _lastTimeMs - (long)intake.ClockJump.TotalMilliseconds)
        {
            intake.RecordClockJump(this, statement.Hash, _lastTimeMs, statement.TimeMs);
        }

        _lastTimeMs = statement.TimeMs;
    }

    // Statements may be hours old when they arrive; only heartbeats tell what the seal's clock shows now.
    private void CompareClocks(HeartbeatMessage beat)
    {
        var offset = beat.TimeMs - intake.NowMs;
        if (_clockOffsetMs is { } before && Math.Abs(offset - before) > intake.ClockJump.TotalMilliseconds)
        {
            intake.RecordClockJump(this, null, before, offset);
        }

        _clockOffsetMs = offset;
    }

    private async Task AnswerAsync(long sequence, Digest hash, Task<AppendResult> sequencing, CancellationToken cancellationToken)
    {
        try
        {
            var result = await sequencing;
            UplinkMessage answer = result.IsSequenced
                ? new AckMessage(sequence, hash)
                : new CannotMessage(sequence, $"The log answers {result.Status}.", RetryMs);
            await socket.SendAsync(answer, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // The link is gone; the seal sends again what was not acknowledged, and the log knows it by its hash.
        }
    }
}
