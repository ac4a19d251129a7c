using System.ComponentModel.DataAnnotations;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Gateway;

/// <summary>Limits of the port that seals connect to; section "Gateway".</summary>
internal sealed class GatewayOptions
{
    /// <summary>Limits both sides keep.</summary>
    public UplinkLimits Limits { get; set; } = new();

    /// <summary>Connections at a time; more are answered 503. Default 20,000: 57 kB each under mutual TLS.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 20_000;

    /// <summary>Statements a second from one seal before it is asked to come later. Default 100: forty taps in a burst and room.</summary>
    [Range(1, 100_000)]
    public int StatementsPerSecondMax { get; set; } = 100;

    /// <summary>Time a one-time code lives. Default 24 h: printed in the office, used at the door.</summary>
    public TimeSpan EnrolmentCodeLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Wrong codes a minute, over all callers, before enrolment answers 429. Default 20.</summary>
    [Range(1, 10_000)]
    public int EnrolmentFailuresPerMinuteMax { get; set; } = 20;

    /// <summary>Change of a seal's clock against ours that is recorded as a jump. Default 60 s.</summary>
    public TimeSpan ClockJump { get; set; } = TimeSpan.FromSeconds(60);
}
