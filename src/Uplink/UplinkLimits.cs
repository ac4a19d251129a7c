namespace Cinnabar.Uplink;

/// <summary>Limits of the link between seal and station; both sides hold to them. Source: docs/formats/uplink.md.</summary>
/// <remarks>Immutable after binding; safe for concurrent use.</remarks>
public sealed class UplinkLimits
{
    /// <summary>Version of the contract that both sides name in their hello.</summary>
    public const int Version = 1;

    /// <summary>Longest message on the statement lane, bytes. Default 66,560: a statement of 65,535 and its frame.</summary>
    public int StatementMessageBytesMax { get; set; } = 66_560;

    /// <summary>Longest message on the media lane, bytes. Default 2 MiB: a full-size still, or a key frame at 720p.</summary>
    public int MediaMessageBytesMax { get; set; } = 2 * 1024 * 1024;

    /// <summary>Time between heartbeats in each direction. Default 15 s: carriers drop idle connections after 30 s.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence after which either side abandons a socket. Default 40 s: two heartbeats and ten seconds.</summary>
    public TimeSpan SilenceMax { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>Time for the TLS handshake and the hello. Default 15 s.</summary>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Statements sent and not yet acknowledged. Default 256, the size of one commit of the log.</summary>
    public int UnacknowledgedMax { get; set; } = 256;

    /// <summary>First bound of the reconnect delay. Default 1 s.</summary>
    public TimeSpan ReconnectFirst { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest bound of the reconnect delay. Default 60 s.</summary>
    public TimeSpan ReconnectMax { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Health after which the reconnect delay starts again from the first bound. Default 2 min.</summary>
    public TimeSpan ReconnectResetAfter { get; set; } = TimeSpan.FromMinutes(2);
}
