using Cinnabar.Evidence.Cbor;
using Cinnabar.Seal.Journal;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Outbox;

/// <summary>Statements out, acknowledgements and commands in.</summary>
internal sealed class StatementLane : Lane, IDisposable
{
    private readonly StatementWindow _window;
    private readonly Func<CborValue> _state;
    private readonly Pulse _pulse = new();

    /// <param name="state">What the heartbeat says; called on any thread.</param>
    public StatementLane(UplinkClient client, LaneIdentity identity, DeviceJournal journal, LaneTiming timing, StatementWindow window, Func<CborValue> state)
        : base(client, UplinkClientLane.Statements, identity, journal, timing)
    {
        _window = window;
        _state = state;
        journal.Changed += _pulse.Set;
    }

    /// <summary>Raised with the bytes of a command, unchecked.</summary>
    public event Action<ReadOnlyMemory<byte>>? Commanded;

    /// <summary>Raised when a statement was given to the socket.</summary>
    public event Action<long>? Sent;

    /// <summary>Raised when what the media lane waits for may be over.</summary>
    public event Action? Drained;

    public void Dispose() => _pulse.Dispose();

    protected override CborValue State() => _state();

    protected override void Opened(WelcomeMessage welcome)
    {
        _window.Open(welcome.Acked);
        Say($"acked={welcome.Acked} backlog={_window.Backlog} station_clock_ahead_ms={welcome.TimeMs - Time.GetUtcNow().ToUnixTimeMilliseconds()}");
    }

    protected override void Closed() => _window.Close();

    protected override void Receive(UplinkMessage message)
    {
        switch (message)
        {
            case AckMessage ack:
                if (!_window.Acknowledge(ack.Sequence, ack.Hash))
                {
                    Say($"ack sequence={ack.Sequence} hash={ack.Hash} is for nothing we sent");
                }

                break;
            case NakMessage nak:
                Say($"refused sequence={nak.Sequence} verdict={nak.Verdict} text=\"{nak.Text}\"");
                _window.Refuse(nak.Sequence);
                break;
            case CannotMessage cannot:
                _window.Postpone(cannot.Sequence, TimeSpan.FromMilliseconds(Math.Min(cannot.RetryMs, 600_000)));
                break;
            case CommandMessage command:
                Commanded?.Invoke(command.Statement);
                break;
            case BeatMessage:
                break;
            default:
                throw new FormatException($"{message.GetType().Name} does not belong on the statement lane.");
        }

        _pulse.Set();
    }

    protected override async Task SendAsync(UplinkSocket socket, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_window.TryTake(out var sequence, out var statement))
            {
                await socket.SendAsync(new StatementMessage(sequence, statement), cancellationToken);
                Sent?.Invoke(sequence);
            }

            Drained?.Invoke();
            await _pulse.WaitAsync(_window.LookAgainAfter, cancellationToken);
        }
    }
}
