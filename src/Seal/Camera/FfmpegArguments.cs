namespace Cinnabar.Seal.Camera;

/// <summary>ffmpeg's command line: one decode, four outputs of the same instants (monitoring.md 4c.1 and 4c.2).</summary>
internal static class FfmpegArguments
{
    /// <summary>Width of the gray frames that sharpness and motion are judged on.</summary>
    internal const int GrayWidth = 160;

    /// <summary>Height of the gray frames.</summary>
    internal const int GrayHeight = 90;

    internal static IReadOnlyList<string> For(CameraOptions options, CameraSource source, StillSockets sockets) =>
    [
        "-hide_banner", "-nostats", "-loglevel", "warning",
        // 4c.2 also names "-fflags nobuffer". Measured with ffmpeg 5.1: it throws away what was read while probing,
        // that is the first keyframe, and the first picture comes a whole GOP later. Steady latency is the same without.
        "-flags", "low_delay", "-probesize", "32", "-analyzeduration", "0",
        .. source.InputArguments,
        "-filter_complex_threads", "1", "-filter_complex", Graph(options),
        .. Video(options),
        .. Jpeg("[still]", quality: 5, sockets.StillPath),
        .. Jpeg("[thumb]", quality: 9, sockets.ThumbPath),
        "-map", "[gray]", "-fps_mode", "passthrough", "-c:v", "rawvideo", "-threads", "1", "-flush_packets", "1",
        "-f", "rawvideo", "unix:" + sockets.GrayPath,
    ];

    private static string Graph(CameraOptions options)
    {
        // select, not fps: the fps filter holds a frame back until it has seen the next one. 0.9 forgives jitter.
        string gap = (0.9 / options.StillsPerSecond).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
        string size = $"{options.Width}:{options.Height}";
        return $"[0:v]scale={size}:force_original_aspect_ratio=decrease,pad={size}:-1:-1,setsar=1,format=yuv420p,split=2[video][some];"
            + $"[some]select='isnan(prev_selected_t)+gte(t-prev_selected_t\\,{gap})',split=3[a][b][c];"
            + $"[a]scale={options.StillWidth}:-2,format=yuvj420p[still];"
            + "[b]scale=320:-2,format=yuvj420p[thumb];"
            + $"[c]scale={GrayWidth}:{GrayHeight},format=gray[gray]";
    }

    private static string[] Video(CameraOptions options)
    {
        string fps = Text(options.FramesPerSecond);
        return
        [
            "-map", "[video]", "-an", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-bf", "0",
            "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-g", fps, "-keyint_min", fps, "-sc_threshold", "0",
            "-b:v", Text(options.BitsPerSecond), "-maxrate", Text(options.PeakBitsPerSecond),
            "-bufsize", Text(options.BitsPerSecond / 3 * 2),
            // vfr with a rate drops what is too much and never invents a frame that was not seen.
            "-fps_mode", "vfr", "-r", fps, "-flush_packets", "1",
            "-f", "flv", "-flvflags", "no_duration_filesize", "pipe:1",
        ];
    }

    // One thread, here and for the gray frames: both encoders use frame threads, and each holds a picture back (measured: 200 ms).
    private static string[] Jpeg(string label, int quality, string socket) =>
    [
        "-map", label, "-fps_mode", "passthrough", "-c:v", "mjpeg", "-threads", "1", "-q:v", Text(quality),
        "-flush_packets", "1", "-f", "mjpeg", "unix:" + socket,
    ];

    private static string Text(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
