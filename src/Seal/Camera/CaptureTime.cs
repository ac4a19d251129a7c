namespace Cinnabar.Seal.Camera;

/// <summary>When the device had a frame in hand, by both of its clocks: one cannot be set back, the other can be compared with the station's.</summary>
/// <param name="Monotonic"><see cref="TimeProvider.GetTimestamp"/> of the device.</param>
/// <param name="UnixMs">Milliseconds since 1970 by the device's wall clock, right or wrong.</param>
internal readonly record struct CaptureTime(long Monotonic, long UnixMs)
{
    internal static CaptureTime Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow().ToUnixTimeMilliseconds());
}
