using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Facts;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Gateway;

/// <summary>States everything strange about a seal's link as a fact; what follows from it is for those who follow the facts.</summary>
internal sealed class Oddities(FactWriter writer, DevicesStore devices, IOptions<GatewayOptions> options, CourtIdentity court, TimeProvider time)
{
    private readonly MinuteLimit _refusals = new(options.Value.RefusalsPerMinuteMax, time);
    private readonly MinuteLimit _strangers = new(options.Value.StrangersPerMinuteMax, time);

    /// <summary>Keeps refused bytes and states it: they came over a link that the device's certificate opened.</summary>
    /// <returns>False when the device has had its share of refusals for this minute: nothing was kept, end its lane.</returns>
    public bool Refused(string device, string seal, byte[] bytes, StatementVerdict verdict, string reason)
    {
        if (!_refusals.Admit(device))
        {
            return false;
        }

        var kept = devices.Quarantine(device, time.GetUtcNow(), reason, bytes, options.Value.QuarantineBytesPerDeviceMax);
        writer.Station("signature.bad", seal, CborValue.Map(
            ("device", CborValue.Text(device)), ("bytes", CborValue.Bytes(Digest.Of(bytes))), ("kept", CborValue.Boolean(kept)),
            ("verdict", CborValue.Integer((long)verdict)), ("reason", CborValue.Text(reason))));
        return true;
    }

    /// <summary>A statement does not stand where the chain says.</summary>
    public void Chain(string device, string seal, ChainFinding finding, Statement statement, ChainHead head) =>
        writer.Station(finding == ChainFinding.Gap ? "counter.gap" : "chain.fork", seal, CborValue.Map(
            ("device", CborValue.Text(device)), ("statement", CborValue.Bytes(statement.Hash)),
            ("sequence", CborValue.Integer(statement.Chain!.Sequence)),
            ("head_sequence", CborValue.Integer(head.Sequence)), ("head", CborValue.Bytes(head.Hash))));

    /// <summary>Two programs speak as one device at the same time.</summary>
    public void Duplicate(string device, string seal) =>
        writer.Station("duplicate.device", seal, CborValue.Map(("device", CborValue.Text(device))));

    /// <summary>The times in two neighbouring statements go back.</summary>
    public void ClockWentBack(string device, Statement statement, long beforeMs) =>
        writer.Station("clock.jump", statement.Subject, CborValue.Map(
            ("device", CborValue.Text(device)), ("statement", CborValue.Bytes(statement.Hash)),
            ("before_ms", CborValue.Integer(beforeMs)), ("now_ms", CborValue.Integer(statement.TimeMs)),
            ("offset_ms", CborValue.Integer(statement.TimeMs - beforeMs))));

    /// <summary>The seal's clock stands elsewhere against ours than before.</summary>
    public void OffsetChanged(string device, string seal, long beforeMs, long offsetMs) =>
        writer.Station("clock.jump", seal, CborValue.Map(
            ("device", CborValue.Text(device)), ("before_offset_ms", CborValue.Integer(beforeMs)), ("offset_ms", CborValue.Integer(offsetMs))));

    /// <summary>Somebody without the right knocked at the seals' port.</summary>
    /// <param name="who">The device he claims to be; never an address, which may be a person's.</param>
    public void Stranger(string path, string who)
    {
        if (_strangers.Admit(who))
        {
            writer.Station("access.refused", court.Origin, CborValue.Map(("path", CborValue.Text(path)), ("who", CborValue.Text(who))));
        }
    }
}
