using Cinnabar.Uplink;

namespace Cinnabar.Seal.Outbox;

/// <summary>Limits, chance and time of a lane.</summary>
/// <param name="Random">Uniform in [0, 1).</param>
internal sealed record LaneTiming(UplinkLimits Limits, Func<double> Random, TimeProvider Time);
