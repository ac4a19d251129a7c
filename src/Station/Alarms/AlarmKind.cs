namespace Cinnabar.Station.Alarms;

/// <summary>One line of the table of kinds that raise an incident.</summary>
/// <param name="Level">Level when the statement names none, domain 6.1.</param>
/// <param name="ClearedBy">The kind that ends the condition; null for an instant, which holds no condition, or one that only people can end.</param>
/// <param name="Lasts">Whether the condition stays active until <paramref name="ClearedBy"/> or until the incident is closed.</param>
internal sealed record AlarmKind(string Kind, IncidentClass Class, int Level, string? ClearedBy, bool Lasts = true)
{
    public const int LevelMax = 4;

    private static readonly AlarmKind[] s_all =
    [
        new("strip.cut", IncidentClass.Intrusion, 3, "strip.restored"),
        new("door.open", IncidentClass.Intrusion, 3, "door.closed"),
        new("cover.open", IncidentClass.Intrusion, 3, "cover.closed"),
        new("wall.off", IncidentClass.Intrusion, 3, "wall.on"),
        new("tilt", IncidentClass.Intrusion, 3, "tilt.level"),
        new("impact", IncidentClass.Intrusion, 2, null, Lasts: false),
        new("open.overdue", IncidentClass.Intrusion, 2, "open.end"),
        new("camera.blind", IncidentClass.Intrusion, 2, null),
        new("power.lost", IncidentClass.Intrusion, 1, "power.back"),
        new(HeartbeatMissed, IncidentClass.Silence, 2, HeartbeatBack),
        new("counter.gap", IncidentClass.Security, 3, null),
        new("chain.fork", IncidentClass.Security, 3, null),
        new("signature.bad", IncidentClass.Security, 3, null),
        new("duplicate.device", IncidentClass.Security, 3, null),
        new("clock.jump", IncidentClass.Security, 3, null),
        new("battery.low", IncidentClass.Maintenance, 1, "power.back"),
        new("sensor.fault", IncidentClass.Maintenance, 1, null),
        new("camera.fault", IncidentClass.Maintenance, 1, null),
        new("voice.fault", IncidentClass.Maintenance, 1, null),
    ];

    private static readonly Dictionary<string, AlarmKind> s_byKind = s_all.ToDictionary(k => k.Kind, StringComparer.Ordinal);

    private static readonly ILookup<string, AlarmKind> s_byClearing =
        s_all.Where(k => k.ClearedBy is not null).ToLookup(k => k.ClearedBy!, StringComparer.Ordinal);

    public const string HeartbeatMissed = "heartbeat.missed";

    public const string HeartbeatBack = "heartbeat.back";

    public static AlarmKind? Find(string kind) => s_byKind.GetValueOrDefault(kind);

    /// <summary>The kinds whose condition this kind ends.</summary>
    public static IEnumerable<AlarmKind> EndedBy(string kind) => s_byClearing[kind];

    /// <summary>The level of one statement: its own word when it has one (0 makes it a record), else the table's.</summary>
    public int LevelOf(long? stated) => stated is >= 0 and <= LevelMax ? (int)stated.Value : Level;
}
