using System.ComponentModel.DataAnnotations;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Gateway;

/// <summary>Limits of the port that seals connect to; section "Gateway".</summary>
internal sealed class GatewayOptions
{
    /// <summary>Limits both sides keep.</summary>
    public UplinkLimits Limits { get; set; } = new();

    /// <summary>Connections to the seals' port at a time; more are closed before TLS. Default 20,000: 57 kB each under mutual TLS.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 20_000;

    /// <summary>Statements a second from one seal; a faster one is read more slowly, and none is lost. Default 100: forty taps in a burst and room.</summary>
    [Range(1, 100_000)]
    public int StatementsPerSecondMax { get; set; } = 100;

    /// <summary>Time a one-time code lives. Default 24 h: printed in the office, used at the door.</summary>
    public TimeSpan EnrolmentCodeLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Wrong codes a minute from one address before enrolment answers 429. Default 20.</summary>
    [Range(1, 10_000)]
    public int EnrolmentFailuresPerMinuteMax { get; set; } = 20;

    /// <summary>Change of a seal's clock against ours that is recorded as a jump. Default 60 s.</summary>
    public TimeSpan ClockJump { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Refused statements a minute from one seal before its lane is closed instead. Default 60.</summary>
    [Range(1, 100_000)]
    public int RefusalsPerMinuteMax { get; set; } = 60;

    /// <summary>Bytes of refused statements kept of one seal; later ones are stated by their hash only. Default 16 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long QuarantineBytesPerDeviceMax { get; set; } = 16L * 1024 * 1024;

    /// <summary>Refused attempts a minute under one name that are stated; further ones are refused in silence. Default 5.</summary>
    [Range(1, 1_000)]
    public int StrangersPerMinuteMax { get; set; } = 5;
}
