using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Rules;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Rules;

/// <summary>Makes what a court, its devices and those who wish it ill might put into a log, from numbers.</summary>
internal sealed class RuledHistory(GovernanceLog governance, Statement genesis)
{
    /// <summary>Numbers below this make something.</summary>
    public const int Deeds = 15;

    // Fast ones: a law signs thousands of statements.
    private static readonly EcdsaSigningKey[] s_keys = [.. Enumerable.Range(40, 3).Select(n => TestLog.NewKey((byte)n))];

    private long _nowMs = SampleLeague.TimeMs;

    /// <summary>What was made so far, good or not.</summary>
    public List<ReadOnlyMemory<byte>> Made { get; } = [genesis.Bytes];

    /// <summary>The next entry, for this place.</summary>
    public ReadOnlyMemory<byte> Next(int deed, int which, long place)
    {
        var key = s_keys[which % s_keys.Length];
        var made = deed switch
        {
            0 or 1 => Court("device.enrolled", ("device", CborValue.Text($"d{which % 2}")), ("key", key.PublicKey.ToCbor())),
            2 => Court("officer.enrolled", ("officer", CborValue.Text("li")), ("key", key.PublicKey.ToCbor())),
            3 => Court("device.revoked", ("device", CborValue.Text("d0")), ("key", CborValue.Bytes(key.PublicKey.Thumbprint))),
            4 or 5 or 6 => State(key, $"device:d{which % 2}", "strip.cut"),
            7 => State(key, "officer:li", "incident.acknowledged"),
            8 => State(SampleCourt.StationKey, SampleCourt.Station, "heartbeat.back"),
            9 => Header(place, epoch: 1),
            10 => Header(place, epoch: 2),
            11 => Header(place + 1, epoch: 1),
            12 => State(key, $"device:d{which % 2}", "order.lifted"),
            13 => Made[which % Made.Count],
            _ => Spoiled(Made[which % Made.Count]),
        };
        Made.Add(made);
        return made;
    }

    private ReadOnlyMemory<byte> Court(string kind, params (string, CborValue?)[] body) =>
        State(SampleCourt.CommandKey, SampleCourt.Court, kind, CborValue.Map(body));

    private ReadOnlyMemory<byte> State(SigningKey key, string issuer, string kind, CborValue? body = null, string subject = SampleCourt.Seal) => new StatementDraft
    {
        Issuer = issuer, Subject = subject, Kind = kind, TimeMs = _nowMs++, Body = body ?? CborValue.EmptyMap,
    }.Sign(key).Bytes;

    private ReadOnlyMemory<byte> Header(long place, int epoch) => State(
        SampleCourt.StationKey, SampleCourt.Station, BatchHeader.Kind,
        new BatchHeader(place, epoch, governance.Epochs[epoch - 1].Hash, 0, default, _nowMs).ToBody(), SampleCourt.Origin);

    private static ReadOnlyMemory<byte> Spoiled(ReadOnlyMemory<byte> entry)
    {
        var bytes = entry.ToArray();
        bytes[^50] ^= 4;
        return bytes;
    }
}
