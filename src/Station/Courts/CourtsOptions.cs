using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Courts;

/// <summary>Links between courts; section "Courts". Heeded only where an epoch was adopted (docs/operate/courts.md).</summary>
internal sealed class CourtsOptions
{
    /// <summary>Address and port other courts connect to, such as <c>10.0.0.7:9443</c>. Default: every address, with the port of this court's endpoint in the epoch.</summary>
    public string? ListenEndpoint { get; set; }

    /// <summary>How often courts tell each other which heads they know. Default 1 s: a fork is found within five.</summary>
    public TimeSpan HeadsEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one request to another court may take. Default 30 s: 4,096 entries over a slow line.</summary>
    public TimeSpan AnswerLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause before a court that does not answer is tried again. Default 2 s.</summary>
    public TimeSpan PauseMax { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long a court that was not heard counts as silent. Default 5 s.</summary>
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Connections of one court at a time; more are closed. Default 8: it needs two, and those that it has lost end late.</summary>
    [Range(2, 1_000)]
    public int ConnectionsPerCourtMax { get; set; } = 8;

    /// <summary>Connections whose other end is not known yet, of one address; more are closed before TLS. Default 32: every court of a set behind one address.</summary>
    [Range(1, 10_000)]
    public int HandshakesPerAddressMax { get; set; } = 32;

    /// <summary>Connections whose other end is not known yet, of all addresses. Default 256; each has five seconds.</summary>
    [Range(1, 100_000)]
    public int HandshakesMax { get; set; } = 256;

    /// <summary>Pushes a minute from one court; more are answered 429. Default 30,000: a round each two milliseconds.</summary>
    [Range(120, 10_000_000)]
    public int PushesPerMinuteMax { get; set; } = 30_000;

    /// <summary>Refused messages a minute from one court before all are answered 429. Default 120: an honest one pauses after each.</summary>
    [Range(1, 1_000_000)]
    public int RefusalsPerMinuteMax { get; set; } = 120;

    /// <summary>Refusals a minute that are stated in the log, of one court and of all strangers together. Default 5.</summary>
    [Range(1, 1_000)]
    public int RefusalsStatedPerMinuteMax { get; set; } = 5;
}
