using System.Collections.Immutable;

namespace Cinnabar.Seal.Custody;

/// <summary>
/// Thresholds of custody: the content of a court-signed settings document. Whole numbers only, as the
/// document carries them; ranges and document names stand in <see cref="CustodySettingsTable"/>.
/// </summary>
internal sealed record CustodySettings
{
    /// <summary>Movement from here on counts as a touch, in mm/s² beside gravity.</summary>
    public int TouchThreshold { get; init; } = 1_000;

    /// <summary>Movement from here on is an impact if it lasts, in mm/s² beside gravity.</summary>
    public int ImpactThreshold { get; init; } = 12_000;

    /// <summary>From here on an impact is L2 instead of L1, in mm/s².</summary>
    public int StrongImpact { get; init; } = 30_000;

    /// <summary>How long an impact must stay above its threshold, in ms. 0: one sample is enough.</summary>
    public int ImpactDuration { get; init; } = 10;

    /// <summary>Dips below the threshold up to this long belong to the same impact (a blow rings), in ms.</summary>
    public int ImpactGap { get; init; } = 15;

    /// <summary>Rest that ends one touch or impact, in ms.</summary>
    public int BurstQuiet { get; init; } = 200;

    /// <summary>Shaking without rest is told anew after this long, in ms.</summary>
    public int BurstMax { get; init; } = 5_000;

    /// <summary>Change of attitude against the armed baseline that is an alarm, in degrees.</summary>
    public int TiltDegrees { get; init; } = 8;

    /// <summary>How long the new attitude must be held still, in ms. A knock is never a tilt.</summary>
    public int TiltHold { get; init; } = 1_000;

    /// <summary>Samples this close to their mean are still, in mm/s²; above the sensor's noise.</summary>
    public int StillBand { get; init; } = 400;

    /// <summary>Rest after arming or re-sealing before the baseline is taken, in ms.</summary>
    public int Settle { get; init; } = 10_000;

    /// <summary>The siren stops by itself after this long, in s. 1200 s is the usual nuisance limit.</summary>
    public int SirenCap { get; init; } = 1_200;

    /// <summary>Stage 3 is spoken again this often while the siren sounds, in s.</summary>
    public int VoiceRepeat { get; init; } = 30;

    /// <summary>The camera stays on this long after the last trigger, in s.</summary>
    public int CameraHold { get; init; } = 300;

    /// <summary>Approaches within this long after one that was told belong to it: neither told nor spoken to again, in s.</summary>
    public int ApproachQuiet { get; init; } = 60;

    /// <summary>First minute of the night, in minutes of the local day. Equal to <see cref="NightUntil"/>: there is no night.</summary>
    public int NightFrom { get; init; }

    /// <summary>First minute of the day after the night, in minutes of the local day; before <see cref="NightFrom"/> when the night holds midnight.</summary>
    public int NightUntil { get; init; }

    /// <summary>The local day is this far ahead of UTC, in min. 480: China has one time and no summer time.</summary>
    public int UtcOffset { get; init; } = 480;

    /// <summary>Loudness of siren and voice at night, in % of full scale. Never silent: a siren that nobody hears warns nobody.</summary>
    public int NightSiren { get; init; } = 50;

    /// <summary>The longest opening window accepted, in min.</summary>
    public int GrantMax { get; init; } = 720;

    /// <summary>Battery charge reported as low, in %.</summary>
    public int BatteryLow { get; init; } = 20;

    /// <summary>Battery charge reported as dead: the last gasp, in %.</summary>
    public int BatteryDead { get; init; } = 5;

    /// <summary>Whether the neighbours sleep: then nobody is greeted, and siren and voice are lowered (domain 3.5).</summary>
    public bool IsNight(DateTimeOffset wall)
    {
        var minute = (int)LocalTime(wall).TimeOfDay.TotalMinutes;
        return NightFrom <= NightUntil
            ? minute >= NightFrom && minute < NightUntil
            : minute >= NightFrom || minute < NightUntil;
    }

    /// <summary>The local date, by which warnings are in force.</summary>
    public DateOnly DayAt(DateTimeOffset wall) => DateOnly.FromDateTime(LocalTime(wall));

    /// <summary>How loud siren and voice may be at this moment, in % of full scale.</summary>
    public int LoudnessAt(DateTimeOffset wall) => IsNight(wall) ? NightSiren : CustodyAction.FullScale;

    /// <summary>Every rule broken, each as one sentence with name, value, range and unit; empty when valid.</summary>
    public ImmutableArray<string> Errors()
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in CustodySettingsTable.Entries)
        {
            var value = entry.Get(this);
            if (value < entry.Min || value > entry.Max)
            {
                errors.Add($"{entry.Name} is {value}, allowed {entry.Min}…{entry.Max} {entry.Unit}");
            }
        }

        AddOrderError(errors, TouchThreshold < ImpactThreshold, "touch_threshold_mm_s2 must be below impact_threshold_mm_s2");
        AddOrderError(errors, ImpactThreshold <= StrongImpact, "impact_threshold_mm_s2 must not exceed strong_impact_mm_s2");
        AddOrderError(errors, ImpactGap < BurstQuiet, "impact_gap_ms must be below burst_quiet_ms");
        AddOrderError(errors, StillBand < TouchThreshold, "still_band_mm_s2 must be below touch_threshold_mm_s2");
        AddOrderError(errors, BatteryDead < BatteryLow, "battery_dead_percent must be below battery_low_percent");
        return errors.ToImmutable();
    }

    /// <summary>
    /// Applies a document's values over these settings. Names not in the table and values out of range
    /// are all reported together, and then the settings returned are these, unchanged.
    /// </summary>
    public (CustodySettings Settings, ImmutableArray<string> Errors) Apply(IReadOnlyDictionary<string, long> document)
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        var next = this;
        foreach (var (name, value) in document.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var entry = CustodySettingsTable.Entries.FirstOrDefault(candidate => candidate.Name == name);
            if (entry is null)
            {
                errors.Add($"{name} is not a setting");
            }
            else
            {
                next = entry.Set(next, (int)Math.Clamp(value, int.MinValue, int.MaxValue));
            }
        }

        errors.AddRange(next.Errors());
        return errors.Count == 0 ? (next, []) : (this, errors.ToImmutable());
    }

    private DateTime LocalTime(DateTimeOffset wall) => wall.UtcDateTime + TimeSpan.FromMinutes(UtcOffset);

    private static void AddOrderError(ImmutableArray<string>.Builder errors, bool holds, string sentence)
    {
        if (!holds)
        {
            errors.Add(sentence);
        }
    }
}
