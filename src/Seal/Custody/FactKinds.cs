namespace Cinnabar.Seal.Custody;

/// <summary>The event vocabulary, as far as the door itself can observe it.</summary>
internal static class FactKinds
{
    public const string StripCut = "strip.cut";
    public const string StripRestored = "strip.restored";
    public const string DoorOpen = "door.open";
    public const string DoorClosed = "door.closed";
    public const string CoverOpen = "cover.open";
    public const string CoverClosed = "cover.closed";
    public const string WallOff = "wall.off";
    public const string WallOn = "wall.on";
    public const string Tilt = "tilt";
    public const string TiltLevel = "tilt.level";
    public const string Impact = "impact";
    public const string ApproachPerson = "approach.person";
    public const string LightTouch = "touch.light";
    public const string PowerLost = "power.lost";
    public const string PowerBack = "power.back";
    public const string BatteryLow = "battery.low";
    public const string BatteryDead = "battery.dead";
    public const string SensorFault = "sensor.fault";
    public const string SensorBack = "sensor.back";
    public const string Armed = "armed";
    public const string ArmRefused = "arm.refused";
    public const string Disarmed = "disarmed";
    public const string GrantAccepted = "grant.accepted";
    public const string GrantRefused = "grant.refused";
    public const string GrantUnused = "grant.unused";
    public const string OpenStart = "open.start";
    public const string OpenEnd = "open.end";
    public const string OpenOverdue = "open.overdue";
    public const string LegalEndSet = "legal.end";
    public const string LegalLapsed = "legal.lapsed";
    public const string SirenOff = "siren.off";
    public const string VoiceSuppressed = "voice.suppressed";
}
