using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

/// <summary>
/// What the real ffmpeg writes for 25 seconds at 15 frames a second, taken as fast as it comes; the capture time of a frame
/// is its FLV time, so that nothing here waits or depends on a clock.
/// </summary>
internal static class Recording
{
    internal const int Frames = 375;
    internal const int FramesPerSecond = 15;

    private static readonly Lazy<byte[]> LazyFlv = new(() => Ffmpeg.Run(Encode("flv", "640x360", 25)));

    internal static byte[] Flv => LazyFlv.Value;

    internal static string[] Encode(string format, string size, int seconds, params string[] more) =>
    [
        "-f", "lavfi", "-i", $"testsrc2=size={size}:rate=15:duration={seconds}", "-c:v", "libx264", "-preset", "ultrafast",
        "-tune", "zerolatency", "-bf", "0", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-g", "15", "-keyint_min", "15",
        "-sc_threshold", "0", "-b:v", "600k", "-maxrate", "800k", "-bufsize", "400k", "-flvflags", "no_duration_filesize",
        .. more, "-f", format, "pipe:1",
    ];

    internal static IReadOnlyList<FlvTag> Tags(byte[]? flv = null)
    {
        FlvReader reader = new();
        reader.Append(flv ?? Flv);
        List<FlvTag> tags = [];
        while (reader.Read() is { } tag) tags.Add(tag);
        return tags;
    }

    /// <summary>The recording as fragments of one stream, beginning <paramref name="startMs"/> after zero.</summary>
    internal static IReadOnlyList<VideoFragment> Fragments(uint streamId = 1, long startMs = 0)
    {
        IReadOnlyList<FlvTag> tags = Tags();
        VideoStream stream = new(streamId, AvcConfiguration.Parse(tags[0].Data.Span), At(startMs));
        FragmentWriter writer = new(stream, FramesPerSecond);
        return [.. tags.Skip(1).Select(tag => writer.Cut(tag, At(startMs + tag.TimestampMs)))];
    }

    internal static CaptureTime At(long ms) => new(Ticks(ms), 1_700_000_000_000 + ms);

    internal static long Ticks(long ms) => ms * TimeProvider.System.TimestampFrequency / 1000;
}
