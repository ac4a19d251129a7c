using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Cinnabar.Station.Orders;

/// <summary>Limits and windows of orders and commands; section "Orders".</summary>
internal sealed partial class OrdersOptions : IValidatableObject
{
    // Written by the station itself, from the other options or from the order.
    private static readonly string[] s_ownNames =
    [
        "device", "version", "legal_until", "languages", "not_before", "not_after", "night_from_min", "night_until_min", "utc_offset_min",
        "night_siren_percent", "approach_quiet_s",
    ];

    /// <summary>Largest ruling file in bytes. Default 20 MiB: a scan of some forty pages.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int RulingBytesMax { get; set; } = 20 * 1024 * 1024;

    /// <summary>Largest baseline photo in bytes, decoded. Default 10 MiB.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int PhotoBytesMax { get; set; } = 10 * 1024 * 1024;

    /// <summary>How long an arm or disarm order waits for a seal that is offline before it is given anew. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan PostureWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a command of the moment (siren off, speak, pictures) may still be obeyed. Default 5 minutes: later it would surprise.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan CommandWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How far a seal's clock may be behind ours and a command still be in its window. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest authorised opening. Default 12 hours, which is what a seal accepts unless set otherwise.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan GrantMax { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Languages of the warnings at the door, in the order spoken, with spaces between. Default "zh en".</summary>
    [RegularExpression("[a-z]{2,3}( [a-z]{2,3}){0,3}")]
    public string VoiceLanguages { get; set; } = "zh en";

    /// <summary>
    /// Local time from which seals are quieter: nobody is greeted, siren and voice have <see cref="NightSirenPercent"/>.
    /// Default 22:00. Equal to <see cref="NightUntil"/>: no night.
    /// </summary>
    public TimeOnly NightFrom { get; set; } = new(22, 0);

    /// <summary>Local time from which seals are as loud as by day again. Default 06:00.</summary>
    public TimeOnly NightUntil { get; set; } = new(6, 0);

    /// <summary>Loudness of siren and voice at night, % of full scale, 5…100. Default 50.</summary>
    [Range(5, 100)]
    public int NightSirenPercent { get; set; } = 50;

    /// <summary>Comings and goings before a door within this time are noted, and greeted, once. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ApproachQuiet { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Thresholds of all seals, by their names in docs/formats/settings.md, such as <c>impact_threshold_mm_s2</c>; the rest has the
    /// seal's own defaults. A seal refuses a document with an unknown name or a value out of range, and its answer says which.
    /// Default: none.
    /// </summary>
    public Dictionary<string, long> Thresholds { get; } = [];

    /// <summary>How often ended periods and undelivered postures are looked for. Default 30 s: voice and camera stop within minutes of the end.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from name in Thresholds.Keys
        where s_ownNames.Contains(name) || !ThresholdName().IsMatch(name)
        select new ValidationResult($"Orders:Thresholds names {name}, which is no threshold; see docs/formats/settings.md.", [nameof(Thresholds)]);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex ThresholdName();
}
