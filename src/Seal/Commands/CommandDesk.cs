using System.Globalization;
using System.Threading.Channels;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Seal.Journal;
using Cinnabar.Seal.Reflex;

namespace Cinnabar.Seal.Commands;

/// <summary>Takes commands one after the other: checked, obeyed, answered.</summary>
internal sealed class CommandDesk(
    CommandGate gate, StandingOrders standing, CommandHands hands, StatementChainWriter chain, DeviceJournal journal, SealLog log, TimeProvider time)
{
    private const string AnswerKind = "command.answered";
    private const int WaitingMax = 256;

    /// <summary>Refusals stated within an hour: a station gone mad must not fill the journal. All are in the log.</summary>
    private const int RefusalsMax = 120;

    private readonly Channel<ReadOnlyMemory<byte>> _waiting = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Numbers of the answers that the court may not have yet, by command.</summary>
    private readonly Dictionary<Digest, long> _answers = [];

    private int _refusals;
    private DateTimeOffset _refusalsSince;

    /// <summary>Takes a command in; never waits.</summary>
    public void Receive(ReadOnlyMemory<byte> bytes) => _waiting.Writer.TryWrite(bytes);

    /// <summary>Takes up what the court ordered before the restart.</summary>
    public void Resume()
    {
        for (var sequence = journal.Acked + 1; sequence <= journal.Head.Sequence; sequence++)
        {
            if (journal.TryRead(sequence, out var bytes) && Statement.TryParse(bytes.Span, out var answer, out _) == StatementVerdict.Valid
                && answer!.Kind == AnswerKind)
            {
                _answers[answer.Body["command"].AsDigest()] = sequence;
            }
        }

        foreach (var order in standing.Read(gate))
        {
            var answer = hands.Restore(order);
            log.Say($"standing kind={order.Kind} hash={order.Hash} result={answer.Result} reason=\"{answer.Reason}\"");
            if (order.Kind == CommandKinds.Settings)
            {
                gate.SettingsVersion = order.Body["version"].AsInteger();
            }
        }
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var bytes in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            // A station that lost the link before our answer came sends the command again: the answer is on its way.
            if (_answers.TryGetValue(Digest.Of(bytes.Span), out var sequence) && sequence > journal.Acked)
            {
                continue;
            }

            var refusal = gate.Check(bytes.Span, time.GetUtcNow(), out var command);
            var answer = refusal is not null ? CommandAnswer.Refused(refusal) : await ObeyAsync(command!);
            Answer(Digest.Of(bytes.Span), command?.Kind ?? "unknown", answer);
        }
    }

    private async Task<CommandAnswer> ObeyAsync(Statement command)
    {
        CommandAnswer answer;
        try
        {
            answer = await hands.ObeyAsync(command);
        }
        catch (FormatException e)
        {
            return CommandAnswer.Refused("malformed: " + e.Message);
        }

        if (answer == CommandAnswer.Done && standing.Keep(command) is { } failure)
        {
            log.Say($"standing kind={command.Kind} hash={command.Hash} not kept: {failure}");
        }

        if (answer == CommandAnswer.Done && command.Kind == CommandKinds.Settings)
        {
            gate.SettingsVersion = command.Body["version"].AsInteger();
            chain.State("settings.applied", CborValue.Map(
                ("settings", CborValue.Bytes(command.Hash)), ("version", CborValue.Integer(gate.SettingsVersion))));
        }

        return answer;
    }

    private void Answer(Digest command, string kind, CommandAnswer answer)
    {
        log.Say(string.Create(CultureInfo.InvariantCulture, $"command kind={kind} hash={command} result={answer.Result} reason=\"{answer.Reason}\""));
        if (answer.Result != CommandAnswer.Done.Result && IsFlood())
        {
            return;
        }

        var stated = chain.State(AnswerKind, CborValue.Map(
            ("command", CborValue.Bytes(command)), ("result", CborValue.Text(answer.Result)), ("reason", CborValue.Text(answer.Reason))));
        foreach (var delivered in _answers.Where(entry => entry.Value <= journal.Acked).Select(entry => entry.Key).ToArray())
        {
            _answers.Remove(delivered);
        }

        _answers[command] = stated.Chain!.Sequence;
    }

    private bool IsFlood()
    {
        var now = time.GetUtcNow();
        if ((now - _refusalsSince).Duration() > TimeSpan.FromHours(1))
        {
            (_refusalsSince, _refusals) = (now, 0);
        }

        return ++_refusals > RefusalsMax;
    }
}
