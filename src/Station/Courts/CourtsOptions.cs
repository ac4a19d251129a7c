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
}
