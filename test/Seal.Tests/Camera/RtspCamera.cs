using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Cinnabar.Seal.Tests.Camera;

/// <summary>A network camera: GStreamer's RTSP server over a clip that ffmpeg made, on a port of loopback.</summary>
internal sealed class RtspCamera : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _tracks = new();

    private RtspCamera(Process process, int port)
    {
        _process = process;
        Port = port;
        _ = ReadAsync();
    }

    internal int Port { get; }

    /// <summary>The tracks that clients have asked for.</summary>
    internal IReadOnlyList<string> Tracks => [.. _tracks];

    /// <summary>Half a minute of the scene as a file, and the elements that send it.</summary>
    internal static string Pipeline(string folder, string codec)
    {
        string clip = Path.Combine(folder, codec + ".mkv");
        string[] encode = codec switch
        {
            "h264" => ["-c:v", "libx264", "-preset", "ultrafast", "-g", "30"],
            "h265" => ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-g", "15"],
            // RFC 2435 carries the standard tables only.
            "mjpeg" => ["-c:v", "mjpeg", "-huffman", "default", "-q:v", "6", "-pix_fmt", "yuvj420p"],
            _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "no such clip"),
        };
        Ffmpeg.Run(["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=15:duration=30", "-f", "lavfi", "-i", "sine=duration=30",
            "-pix_fmt", "yuv420p", .. encode, "-c:a", "aac", clip]);
        string video = codec switch
        {
            "mjpeg" => "jpegparse ! rtpjpegpay name=pay0 pt=26",
            _ => $"{codec}parse ! rtp{codec}pay name=pay0 pt=96",
        };
        return $"filesrc location={clip} ! matroskademux name=clip clip. ! queue ! {video} clip. ! queue ! aacparse ! rtpmp4gpay name=pay1 pt=97";
    }

    internal static async Task<RtspCamera> StartAsync(string pipeline, int port = 0, params string[] login)
    {
        // Debian's own interpreter: another one on the path would not see Debian's packages.
        ProcessStartInfo start = new("/usr/bin/python3",
            [Path.Combine(AppContext.BaseDirectory, "Camera", "rtsp-camera.py"), port.ToString(CultureInfo.InvariantCulture), pipeline, .. login])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string said = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("apt-get install gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good");
        return new(process, int.Parse(said["port ".Length..], CultureInfo.InvariantCulture));
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } track) _tracks.Enqueue(track);
    }

    /// <summary>Pulls its plug; safe to call twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }
}
