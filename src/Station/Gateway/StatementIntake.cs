using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Cinnabar.Uplink;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Gateway;

/// <summary>What a session does with what a seal says: checks it, passes it on, and states every oddity as a fact.</summary>
internal sealed class StatementIntake(
    FactIntake facts, FactWriter writer, KeyRegister keys, DevicesStore devices, ReceivedFeed received, IOptions<GatewayOptions> options, TimeProvider time)
{
    public UplinkLimits Limits => options.Value.Limits;

    public int StatementsPerSecondMax => options.Value.StatementsPerSecondMax;

    public TimeSpan ClockJump => options.Value.ClockJump;

    public TimeProvider Time => time;

    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public IReadOnlyList<byte[]> WaitingCommands(string device) => devices.WaitingCommands(device, time.GetUtcNow());

    /// <summary>Form, key, signature, and that the device speaks of itself and its own seal.</summary>
    /// <returns>Null when all holds, else why not.</returns>
    public string? Check(SealSession session, ReadOnlySpan<byte> bytes, out VerifiedStatement? verified, out StatementVerdict verdict)
    {
        verified = null;
        verdict = Statement.TryParse(bytes, out var statement, out var detail);
        if (verdict != StatementVerdict.Valid)
        {
            return detail;
        }

        if (statement!.Issuer != $"device:{session.Device}" || statement.Subject != session.Seal || statement.Chain is null)
        {
            verdict = StatementVerdict.ClaimInvalid;
            return $"On this link only device:{session.Device} speaks, about {session.Seal}, in its chain.";
        }

        verdict = keys.TryVerify(statement, out verified, out var refusal);
        return verdict == StatementVerdict.Valid ? null : refusal;
    }

    public Task<AppendResult> SubmitAsync(Fact fact, CancellationToken cancellationToken) => facts.SubmitAsync(fact, cancellationToken);

    public ValueTask AliveAsync(SealSession session, HeartbeatMessage beat, CancellationToken cancellationToken) =>
        received.PublishAsync(new HeartbeatReceived(session.Device, session.Seal, beat.State, time.GetUtcNow()), cancellationToken);

    public ValueTask LinkAsync(SealSession session, bool connected) =>
        received.PublishAsync(new LinkChanged(session.Device, session.Seal, connected, time.GetUtcNow()), CancellationToken.None);

    /// <summary>Keeps refused bytes and raises them: they came over a link that the device's certificate opened.</summary>
    public void Quarantine(SealSession session, byte[] bytes, StatementVerdict verdict, string reason, DateTimeOffset at)
    {
        var hash = Digest.Of(bytes);
        devices.Quarantine(hash, session.Device, at, reason, bytes);
        writer.Station("signature.bad", session.Seal, CborValue.Map(
            ("device", CborValue.Text(session.Device)), ("bytes", CborValue.Bytes(hash)),
            ("verdict", CborValue.Integer((long)verdict)), ("reason", CborValue.Text(reason))));
    }

    public void RecordChain(SealSession session, ChainFinding finding, Statement statement, long headSequence, Digest headHash)
    {
        if (finding == ChainFinding.Fork)
        {
            devices.Contest(session.Device);
        }

        writer.Station(finding == ChainFinding.Gap ? "counter.gap" : "chain.fork", session.Seal, CborValue.Map(
            ("device", CborValue.Text(session.Device)), ("statement", CborValue.Bytes(statement.Hash)),
            ("sequence", CborValue.Integer(statement.Chain!.Sequence)),
            ("head_sequence", CborValue.Integer(headSequence)), ("head", CborValue.Bytes(headHash))));
    }

    public void RecordDuplicate(SealSession session)
    {
        devices.Contest(session.Device);
        writer.Station("duplicate.device", session.Seal, CborValue.Map(("device", CborValue.Text(session.Device))));
    }

    public void RecordClockJump(SealSession session, Digest? statement, long beforeMs, long nowMs) =>
        writer.Station("clock.jump", session.Seal, CborValue.Map(
            ("device", CborValue.Text(session.Device)), ("statement", statement is { } hash ? CborValue.Bytes(hash) : null),
            ("before_ms", CborValue.Integer(beforeMs)), ("now_ms", CborValue.Integer(nowMs))));
}
