using System.Collections.Immutable;

namespace Cinnabar.Seal.Custody;

/// <summary>Names, units and ranges of the settings document, one row for each property of <see cref="CustodySettings"/>.</summary>
internal static class CustodySettingsTable
{
    public static ImmutableArray<Entry> Entries { get; } =
    [
        new("touch_threshold_mm_s2", "mm/s²", 200, 20_000, s => s.TouchThreshold, (s, v) => s with { TouchThreshold = v }),
        new("impact_threshold_mm_s2", "mm/s²", 2_000, 150_000, s => s.ImpactThreshold, (s, v) => s with { ImpactThreshold = v }),
        new("strong_impact_mm_s2", "mm/s²", 2_000, 300_000, s => s.StrongImpact, (s, v) => s with { StrongImpact = v }),
        new("impact_duration_ms", "ms", 0, 1_000, s => s.ImpactDuration, (s, v) => s with { ImpactDuration = v }),
        new("impact_gap_ms", "ms", 0, 200, s => s.ImpactGap, (s, v) => s with { ImpactGap = v }),
        new("burst_quiet_ms", "ms", 50, 2_000, s => s.BurstQuiet, (s, v) => s with { BurstQuiet = v }),
        new("burst_max_ms", "ms", 1_000, 60_000, s => s.BurstMax, (s, v) => s with { BurstMax = v }),
        new("tilt_degrees", "degrees", 2, 90, s => s.TiltDegrees, (s, v) => s with { TiltDegrees = v }),
        new("tilt_hold_ms", "ms", 100, 60_000, s => s.TiltHold, (s, v) => s with { TiltHold = v }),
        new("still_band_mm_s2", "mm/s²", 50, 5_000, s => s.StillBand, (s, v) => s with { StillBand = v }),
        new("settle_ms", "ms", 0, 600_000, s => s.Settle, (s, v) => s with { Settle = v }),
        new("siren_cap_s", "s", 10, 1_200, s => s.SirenCap, (s, v) => s with { SirenCap = v }),
        new("voice_repeat_s", "s", 15, 600, s => s.VoiceRepeat, (s, v) => s with { VoiceRepeat = v }),
        new("camera_hold_s", "s", 10, 3_600, s => s.CameraHold, (s, v) => s with { CameraHold = v }),
        new("approach_quiet_s", "s", 10, 3_600, s => s.ApproachQuiet, (s, v) => s with { ApproachQuiet = v }),
        new("night_from_min", "min", 0, 1_439, s => s.NightFrom, (s, v) => s with { NightFrom = v }),
        new("night_until_min", "min", 0, 1_439, s => s.NightUntil, (s, v) => s with { NightUntil = v }),
        new("utc_offset_min", "min", -720, 840, s => s.UtcOffset, (s, v) => s with { UtcOffset = v }),
        new("night_siren_percent", "%", 5, 100, s => s.NightSiren, (s, v) => s with { NightSiren = v }),
        new("grant_max_min", "min", 1, 1_440, s => s.GrantMax, (s, v) => s with { GrantMax = v }),
        new("battery_low_percent", "%", 1, 90, s => s.BatteryLow, (s, v) => s with { BatteryLow = v }),
        new("battery_dead_percent", "%", 0, 50, s => s.BatteryDead, (s, v) => s with { BatteryDead = v }),
    ];

    internal sealed record Entry(
        string Name,
        string Unit,
        int Min,
        int Max,
        Func<CustodySettings, int> Get,
        Func<CustodySettings, int, CustodySettings> Set);
}
