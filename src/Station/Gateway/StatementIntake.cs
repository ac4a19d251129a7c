using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Cinnabar.Uplink;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Gateway;

/// <summary>What a session does with what a seal says: checks it and passes it on.</summary>
internal sealed class StatementIntake(
    FactIntake facts, KeyRegister keys, DevicesStore devices, ReceivedFeed received, Oddities oddities, IOptions<GatewayOptions> options, TimeProvider time)
{
    public GatewayOptions Options => options.Value;

    public Oddities Oddities => oddities;

    public TimeProvider Time => time;

    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public IReadOnlyList<(string Hash, byte[] Bytes)> WaitingCommands(string device) => devices.WaitingCommands(device, time.GetUtcNow());

    /// <summary>Form, key, signature, and that the device speaks of itself and of a seal the court bound it to.</summary>
    /// <returns>Null when all holds, else why not.</returns>
    public string? Check(SealSession session, ReadOnlySpan<byte> bytes, out VerifiedStatement? verified, out StatementVerdict verdict)
    {
        verified = null;
        verdict = Statement.TryParse(bytes, out var statement, out var detail);
        if (verdict != StatementVerdict.Valid)
        {
            return detail;
        }

        var issuer = $"device:{session.Device}";
        if (statement!.Issuer != issuer || statement.Chain is null || !keys.IsBound(issuer, statement.Subject))
        {
            verdict = StatementVerdict.ClaimInvalid;
            return $"On this link only {issuer} speaks, in its chain, about a seal that the court bound it to.";
        }

        if (!KindCatalog.MayState(issuer, statement.Kind))
        {
            verdict = StatementVerdict.ClaimInvalid;
            return $"{statement.Kind} is not for {issuer} to state.";
        }

        verdict = keys.TryVerify(statement, out verified, out var refusal);
        return verdict == StatementVerdict.Valid ? null : refusal;
    }

    public Task<AppendResult> SubmitAsync(Fact fact, CancellationToken cancellationToken) => facts.SubmitAsync(fact, cancellationToken);

    public ValueTask AliveAsync(SealSession session, HeartbeatMessage beat, CancellationToken cancellationToken) =>
        received.PublishAsync(new HeartbeatReceived(session.Device, session.Seal, beat.State, time.GetUtcNow()), cancellationToken);

    public ValueTask LinkAsync(SealSession session, bool connected) =>
        received.PublishAsync(new LinkChanged(session.Device, session.Seal, connected, time.GetUtcNow()), CancellationToken.None);
}
