using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Uplink;

/// <summary>Bytes of each message: docs/formats/uplink.md, in the order of its tables.</summary>
internal static class UplinkCodec
{
    private const int NameLengthMax = 200;

    public static byte[] Encode(UplinkMessage message) => CborValue.Array(message switch
    {
        HelloMessage m => [Int(1), Int(m.Version), Text(m.Device), Bytes(m.Boot), Int(m.Last), Text(m.Program)],
        StatementMessage m => [Int(2), Int(m.Sequence), Bytes(m.Statement)],
        HeartbeatMessage m => [Int(3), Int(m.Counter), Int(m.TimeMs), m.State],
        WelcomeMessage m => [Int(20), Int(m.TimeMs), Int(m.Acked), Int(m.HeartbeatMs)],
        AckMessage m => [Int(21), Int(m.Sequence), CborValue.Bytes(m.Hash)],
        NakMessage m => [Int(22), Int(m.Sequence), Int(m.Verdict), Text(m.Text), Int(m.TimeMs)],
        CannotMessage m => [Int(23), Int(m.Sequence), Text(m.Text), Int(m.RetryMs)],
        BeatMessage m => [Int(24), Int(m.Counter), Int(m.TimeMs)],
        CommandMessage m => [Int(25), Bytes(m.Statement)],
        LaterMessage m => [Int(26), Int(m.RetryMs)],
        PictureMessage m => [Int(40), CborValue.Bytes(m.Hash), Text(m.ContentType), Bytes(m.Data)],
        FragmentMessage m => [Int(41), Int(m.Stream), Int(m.Index), Int((long)m.Flags), Int(m.TimeMs), Bytes(m.Data)],
        StreamMessage m => [Int(42), Int(m.Stream), Text(m.Codec), Int(m.Width), Int(m.Height)],
        KeptMessage m => [Int(45), CborValue.Bytes(m.Hash)],
        LiveMessage m => [Int(46), CborValue.Boolean(m.On)],
        FragmentsKeptMessage m => [Int(47), Int(m.Stream), Int(m.First), Int(m.Last)],
        _ => throw new ArgumentException($"No encoding for {message.GetType().Name}.", nameof(message)),
    }).Encode();

    public static UplinkMessage Decode(ReadOnlySpan<byte> bytes)
    {
        var parts = CborValue.Decode(bytes).AsArray();
        var type = parts.Count > 0 ? parts[0].AsInteger() : throw new FormatException("An uplink message is not empty.");
        return (type, parts.Count) switch
        {
            (1, 6) => new HelloMessage(Natural(parts[1]), Name(parts[2]), Boot(parts[3]), Natural(parts[4]), Name(parts[5])),
            (2, 3) => new StatementMessage(Natural(parts[1]), parts[2].AsBytes()),
            (3, 4) => new HeartbeatMessage(Natural(parts[1]), Natural(parts[2]), Map(parts[3])),
            (20, 4) => new WelcomeMessage(Natural(parts[1]), Natural(parts[2]), Natural(parts[3])),
            (21, 3) => new AckMessage(Natural(parts[1]), parts[2].AsDigest()),
            (22, 5) => new NakMessage(Natural(parts[1]), Natural(parts[2]), parts[3].AsText(), Natural(parts[4])),
            (23, 4) => new CannotMessage(Natural(parts[1]), parts[2].AsText(), Natural(parts[3])),
            (24, 3) => new BeatMessage(Natural(parts[1]), Natural(parts[2])),
            (25, 2) => new CommandMessage(parts[1].AsBytes()),
            (26, 2) => new LaterMessage(Natural(parts[1])),
            (40, 4) => new PictureMessage(parts[1].AsDigest(), Name(parts[2]), parts[3].AsBytes()),
            (41, 6) => new FragmentMessage(Natural(parts[1]), Natural(parts[2]), Flags(parts[3]), Natural(parts[4]), parts[5].AsBytes()),
            (42, 5) => new StreamMessage(Natural(parts[1]), Name(parts[2]), Natural(parts[3]), Natural(parts[4])),
            (45, 2) => new KeptMessage(parts[1].AsDigest()),
            (46, 2) => new LiveMessage(parts[1].AsBoolean()),
            (47, 4) => Kept(Natural(parts[1]), Natural(parts[2]), Natural(parts[3])),
            _ => throw new FormatException($"No uplink message has type {type} and {parts.Count} elements."),
        };
    }

    private static FragmentsKeptMessage Kept(long stream, long first, long last) => first <= last
        ? new FragmentsKeptMessage(stream, first, last)
        : throw new FormatException("Kept fragments end before they begin.");

    private static CborValue Int(long value) => CborValue.Integer(value);

    private static CborValue Text(string value) => CborValue.Text(value);

    private static CborValue Bytes(ReadOnlyMemory<byte> value) =>
        CborValue.Bytes(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(value, out var segment)
            && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : value.ToArray());

    private static long Natural(CborValue value) =>
        value.AsInteger() is >= 0 and var number ? number : throw new FormatException("A number in an uplink message is not negative.");

    private static string Name(CborValue value) =>
        value.AsText() is { Length: > 0 and <= NameLengthMax } text ? text : throw new FormatException($"A name has 1 to {NameLengthMax} characters.");

    private static ReadOnlyMemory<byte> Boot(CborValue value) =>
        value.AsBytes() is { Length: 8 } boot ? boot : throw new FormatException("A boot id has 8 bytes.");

    private static CborValue Map(CborValue value) =>
        value.Kind == CborKind.Map ? value : throw new FormatException("The state of a heartbeat is a map.");

    private static FragmentMarks Flags(CborValue value) =>
        value.AsInteger() is >= 0 and <= 7 and var flags ? (FragmentMarks)flags : throw new FormatException("Unknown fragment flags.");
}
