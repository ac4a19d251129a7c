using System.Globalization;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Registry.Periods;
using Cinnabar.Registry.States;

namespace Cinnabar.Station.Seals;

/// <summary>What each kind of statement changes about a seal. Pure: the same facts in the same order give the same seal.</summary>
/// <remarks>
/// Doing one twice changes nothing more. A body that lacks what its kind promises changes nothing either: the signature
/// was right, so the statement is in the log, and the board must survive it.
/// </remarks>
internal static class SealFacts
{
    public const int CommandsMax = 50;

    public const int PicturesMax = 12;

    /// <returns>The same object when the fact changes nothing the board shows.</returns>
    public static SealState Apply(SealState state, Statement fact)
    {
        var body = fact.Body;
        return fact.Kind switch
        {
            "order.issued" => state.Legal is null ? Issued(state, body) : state,
            "order.ruling" when fact.Data is { } data => state with { Ruling = new Ruling(data.Digest.ToString(), body.TextOrNull("name") ?? "") },
            "device.enrolled" => Move(state with { DeviceId = body.TextOrNull("device") }, LegalEvent.Issue),
            "order.installed" => Installed(state, body),
            "order.armed" => Move(state, LegalEvent.Arm),
            "order.disarmed" => Move(state, LegalEvent.Suspend),
            "order.lapsed" => Move(state, LegalEvent.Lapse),
            "order.lifted" => Move(state, LegalEvent.Lift),
            "order.removed" => Move(state, LegalEvent.Remove),
            "order.erased" => state with { Erased = true },
            "settings" => Commanded(state, fact) with
            {
                SettingsVersion = body.IntegerOrNull("version") ?? state.SettingsVersion, Settings = ContentOf(body),
            },
            "grant.opening" => Commanded(state, fact),
            "command.answered" => Answered(state, body),
            "settings.applied" => state with { ReportedSettingsVersion = body.IntegerOrNull("version") },
            "open.start" => state with { Opening = true },
            "open.end" => state with { Opening = false },
            "heartbeat.missed" => state with { Missed = true },
            "heartbeat.back" => state with { Missed = false },
            "power.lost" => state with { Mains = false, Battery = Percent(body) ?? state.Battery },
            "power.back" => state with { Mains = true, Battery = Percent(body) ?? state.Battery },
            "battery.low" => state with { Battery = Percent(body) ?? state.Battery },
            "media.still" when fact.Data is { } picture => state with { Still = picture.Digest.ToString(), StillMs = body.IntegerOrNull("captured_ms") ?? fact.TimeMs },
            _ => fact.Kind.StartsWith("command.", StringComparison.Ordinal) ? Commanded(state, fact) : state,
        };
    }

    /// <summary>What a statement changes about the incident it names.</summary>
    /// <param name="state">Null before the first.</param>
    /// <param name="triggerKind">Kind of the statement behind <c>trigger</c>.</param>
    public static IncidentState? Apply(IncidentState? state, Statement fact, Func<Evidence.Digest, string?> triggerKind)
    {
        if (fact.Body.TextOrNull("incident") is not { } id)
        {
            return state;
        }

        switch (fact.Kind)
        {
            case "incident.opened":
            case "incident.raised":
                var level = (int)Math.Clamp(fact.Body.IntegerOrNull("level") ?? 1, 0, 9);
                var kind = fact.Body.TextOrNull("kind") ?? (TryDigest(fact.Body, "trigger", out var trigger) ? triggerKind(trigger) : null);
                state ??= new IncidentState { Id = id, SealNumber = fact.Subject, OpenedMs = fact.TimeMs };

                // A new episode asks for a new acknowledgement; the gravest kind so far names the incident.
                return state with
                {
                    Active = true, Level = Math.Max(level, state.Level), AcknowledgedBy = null, AcknowledgedMs = null,
                    Kind = kind is not null && (state.Kind.Length == 0 || level > state.Level) ? kind : state.Kind,
                };
            case "incident.cleared" when state is not null:
                return state with { Active = false };
            case "incident.acknowledged" when state is not null:
                return state with { AcknowledgedBy = Officer(fact), AcknowledgedMs = fact.TimeMs };
            case "incident.closed" when state is not null:
                return state with { Closed = true, AcknowledgedBy = state.AcknowledgedBy ?? Officer(fact), AcknowledgedMs = state.AcknowledgedMs ?? fact.TimeMs };
            default:
                return state;
        }
    }

    /// <summary>A full picture of the seal belongs to its open incident.</summary>
    public static IncidentState AddPicture(IncidentState state, Statement still)
    {
        var hash = still.Data?.Digest.ToString();
        var thumbnail = still.Body.TryGet("thumbnail", out var small) && small.Kind == CborKind.Boolean && small.AsBoolean();
        return hash is null || thumbnail || state.Pictures.Count >= PicturesMax || state.Pictures.Contains(hash)
            ? state
            : state with { Pictures = [.. state.Pictures, hash] };
    }

    /// <summary>Hash, in hex, of a settings document without its version: equal for documents that want the same.</summary>
    public static string ContentOf(CborValue settings) => Evidence.Digest.Of(
        CborValue.Map(settings.AsMap().Where(entry => entry.Key.Kind != CborKind.Text || entry.Key.AsText() != "version")).Encode()).ToString();

    private static string Officer(Statement fact) => fact.Issuer.Split(':', 2)[^1];

    private static SealState Move(SealState state, LegalEvent what) =>
        state.Legal is { } legal && LegalStates.Next(legal, what) is { } next ? state with { Legal = next } : state;

    private static SealState Issued(SealState state, CborValue body) => state with
    {
        Legal = LegalState.Ordered,
        CaseNumber = body.TextOrNull("case") ?? "",
        Category = Enum.TryParse<SealCategory>(body.TextOrNull("category"), ignoreCase: true, out var category) ? category : SealCategory.Other,
        From = Date(body, "from"),
        Until = Date(body, "until"),
    };

    private static SealState Installed(SealState state, CborValue body)
    {
        if (!body.TryGet("frame", out var map) || map.Kind != CborKind.Map || body.TextOrNull("device") is not { } device)
        {
            return state;
        }

        var slots = map.TryGet("slots", out var list) && list.Kind == CborKind.Array
            ? list.AsArray().Where(s => s.Kind == CborKind.Integer).Select(s => (int)s.AsInteger()).ToArray() : [];
        var loop = map.TryGet("loop", out var l) && l.Kind == CborKind.Map ? new FrameLoop(Mm(l, "from_mm"), Mm(l, "to_mm")) : null;
        var photo = TryDigest(body, "photo", out var hash) ? hash.ToString() : null;
        return Move(state, LegalEvent.Install) with
        {
            DeviceId = device,
            Frame = new Frame(
                device, Mm(map, "folded_width_mm"), Mm(map, "extended_width_mm"), slots, loop, Mm(map, "door_width_mm"), Mm(map, "door_height_mm"), photo),
        };
    }

    private static SealState Commanded(SealState state, Statement fact)
    {
        var hash = fact.Hash.ToString();
        if (!fact.Issuer.StartsWith("court:", StringComparison.Ordinal) || state.Commands.Any(c => c.Hash == hash))
        {
            return state;
        }

        var sent = new SentCommand(hash, fact.Kind, DateTimeOffset.FromUnixTimeMilliseconds(fact.TimeMs), null, null);
        return state with
        {
            Commands = [.. state.Commands.TakeLast(CommandsMax - 1), sent],
            Posture = fact.Kind is "command.arm" or "command.disarm"
                ? new Posture(hash, fact.Kind, fact.Body.TextOrNull("device") ?? "", fact.Body.IntegerOrNull("not_after") ?? 0, Answered: false)
                : state.Posture,
        };
    }

    private static SealState Answered(SealState state, CborValue body)
    {
        if (!TryDigest(body, "command", out var digest))
        {
            return state;
        }

        var hash = digest.ToString();
        return state with
        {
            Commands = [.. state.Commands.Select(c => c.Hash == hash ? c with { Result = body.TextOrNull("result"), Reason = body.TextOrNull("reason") } : c)],
            Posture = state.Posture is { } posture && posture.Hash == hash ? posture with { Answered = true } : state.Posture,
        };
    }

    private static bool TryDigest(CborValue body, string key, out Evidence.Digest digest)
    {
        digest = default;
        if (!body.TryGet(key, out var value) || value.Kind != CborKind.Bytes || value.AsBytes().Length != Evidence.Digest.LengthBytes)
        {
            return false;
        }

        digest = value.AsDigest();
        return true;
    }

    private static DateOnly Date(CborValue body, string key) =>
        DateOnly.TryParseExact(body.TextOrNull(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : default;

    private static int Mm(CborValue map, string key) => (int)Math.Clamp(map.IntegerOrNull(key) ?? 0, 0, 100_000);

    private static int? Percent(CborValue body) => body.IntegerOrNull("battery") is { } percent ? (int)Math.Clamp(percent, 0, 100) : null;
}
