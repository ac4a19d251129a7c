using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Station.Facts;

/// <summary>What the received feed carries: a fact, or a sign of life.</summary>
internal abstract record Signal(DateTimeOffset At);

/// <summary>A verified statement, not yet durable; it may come again after a crash.</summary>
internal sealed record FactReceived(Fact Fact) : Signal(Fact.ReceivedAt);

/// <summary>A heartbeat of a connected seal.</summary>
/// <param name="Device">Device id.</param>
/// <param name="SealNumber">The seal it is bound to, or null.</param>
/// <param name="State">What it says of itself; keys in docs/formats/uplink.md.</param>
/// <param name="At">Station clock.</param>
internal sealed record HeartbeatReceived(string Device, string? SealNumber, CborValue State, DateTimeOffset At) : Signal(At);

/// <summary>A seal opened its statement lane, or the lane ended.</summary>
internal sealed record LinkChanged(string Device, string? SealNumber, bool Connected, DateTimeOffset At) : Signal(At);
