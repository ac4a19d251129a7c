using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Orders;

/// <summary>Limits and windows of orders and commands; section "Orders".</summary>
internal sealed class OrdersOptions
{
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

    /// <summary>How often ended periods and undelivered postures are looked for. Default 30 s: voice and camera stop within minutes of the end.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(30);
}
