using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Shared;

/// <summary>A court that does not exist, with keys that everybody knows, one seal and one officer. Same calls, same bytes.</summary>
public sealed class SampleCourt
{
    public const string Origin = "log.court.example/2026";
    public const string Code = "示0101";
    public const string DeviceId = "seal-0001";
    public const string Seal = "示0101-2026-0001";
    public const string Device = "device:" + DeviceId;
    public const string Officer = "officer:li";
    public const string Court = "court:" + Code;
    public const string Station = "station:" + Code;

    private const long FirstMs = 1_767_225_600_000; // 2026-01-01 00:00 UTC
    private static readonly byte[] s_boot = [1, 2, 3, 4, 5, 6, 7, 8];

    private readonly List<Statement> _statements = [];
    private long _sequence;
    private Digest _previous;

    public SampleCourt()
    {
        Log = new SampleLog(Origin, LogKey);
        State(CommandKey, Court, Origin, CourtGenesis.Kind, GenesisBody(LogKey, CommandKey, StationKey));
        Genesis = CourtGenesis.TryRead(_statements[0], out var genesis, out var detail) ? genesis : throw new InvalidOperationException(detail);
    }

    public static Rfc6979SigningKey LogKey { get; } = Rfc6979SigningKey.Named("log");

    public static Rfc6979SigningKey CommandKey { get; } = Rfc6979SigningKey.Named("command");

    public static Rfc6979SigningKey StationKey { get; } = Rfc6979SigningKey.Named("station");

    public static Rfc6979SigningKey DeviceKey { get; } = Rfc6979SigningKey.Named("device");

    public static Rfc6979SigningKey OfficerKey { get; } = Rfc6979SigningKey.Named("officer");

    public SampleLog Log { get; }

    public CourtGenesis Genesis { get; }

    /// <summary>The statements in the order of the log; their positions are their indices.</summary>
    public IReadOnlyList<Statement> Statements => _statements;

    public long NowMs => FirstMs + (1000 * _statements.Count);

    public static CborValue GenesisBody(SigningKey log, SigningKey command, SigningKey station, long courts = 1, long quorum = 1) => CborValue.Map(
        ("court", CborValue.Text("示例区人民法院")), ("court_en", CborValue.Text("Example District People's Court")),
        ("code", CborValue.Text(Code)), ("origin", CborValue.Text(Origin)),
        ("epoch", CborValue.Integer(1)), ("n", CborValue.Integer(courts)), ("q", CborValue.Integer(quorum)),
        ("log_key", log.PublicKey.ToCbor()), ("command_key", command.PublicKey.ToCbor()), ("station_key", station.PublicKey.ToCbor()));

    /// <summary>Signs anything and puts it into the log.</summary>
    public Statement State(SigningKey key, string issuer, string subject, string kind, CborValue? body = null, StatementChain? chain = null, HashedData? data = null)
    {
        var draft = new StatementDraft
        {
            Issuer = issuer, Subject = subject, Kind = kind, TimeMs = NowMs, Body = body ?? CborValue.EmptyMap, Chain = chain, Data = data,
        };
        return Add(draft.Sign(key));
    }

    /// <summary>Puts a statement into the log as it is.</summary>
    public Statement Add(Statement statement)
    {
        _statements.Add(statement);
        Log.Append(statement.Bytes.Span);
        return statement;
    }

    public Statement EnrolDevice(SigningKey? key = null) => State(CommandKey, Court, Seal, "device.enrolled",
        CborValue.Map(("device", CborValue.Text(DeviceId)), ("key", (key ?? DeviceKey).PublicKey.ToCbor())));

    public Statement EnrolOfficer() => State(CommandKey, Court, Origin, "officer.enrolled", CborValue.Map(
        ("officer", CborValue.Text("li")), ("key", OfficerKey.PublicKey.ToCbor()), ("roles", CborValue.Array(CborValue.Text("officer")))));

    public Statement FromCourt(string kind, CborValue? body = null) => State(CommandKey, Court, Seal, kind, body);

    public Statement FromStation(string kind, CborValue? body = null) => State(StationKey, Station, Seal, kind, body);

    public Statement FromOfficer(string kind, CborValue? body = null) => State(OfficerKey, Officer, Seal, kind, body);

    /// <summary>The device's next statement, chained to the one before.</summary>
    public Statement FromDevice(string kind, CborValue? body = null, HashedData? data = null, SigningKey? key = null)
    {
        var statement = State(key ?? DeviceKey, Device, Seal, kind, body, new StatementChain(s_boot, ++_sequence, _previous), data);
        _previous = statement.Hash;
        return statement;
    }

    /// <summary>The device's next statement, dated this long before the statement ahead of it in the log.</summary>
    public Statement FromDeviceDatedBack(string kind, long byMs)
    {
        var statement = Add(new StatementDraft
        {
            Issuer = Device, Subject = Seal, Kind = kind, TimeMs = _statements[^1].TimeMs - byMs, Chain = new StatementChain(s_boot, ++_sequence, _previous),
        }.Sign(DeviceKey));
        _previous = statement.Hash;
        return statement;
    }

    /// <summary>The pack of these statements, or of all.</summary>
    public PackContent Content(IEnumerable<Statement>? statements = null, params PackOriginal[] originals) => new()
    {
        Court = Genesis,
        Checkpoint = Log.Checkpoint(),
        Statements = [.. (statements ?? _statements).Select(s => new PackStatement(s, Log.ParsedReceipt(_statements.IndexOf(s))))],
        Originals = originals,
    };

    public static byte[] Write(PackContent content)
    {
        var output = new MemoryStream();
        PackWriter.Write(content, output);
        return output.ToArray();
    }
}
