namespace Cinnabar.Seal.Camera;

/// <summary>The configured source as it stands at this start: a camera may be unplugged, a file may have become a FIFO.</summary>
internal sealed class CameraSource
{
    private static readonly string[] SelfTimed = ["mpegts", "flv", "matroska", "nut"];

    private CameraSource(params IReadOnlyList<string> input) => InputArguments = input;

    /// <summary>ffmpeg's arguments for the input, up to and including <c>-i</c>.</summary>
    internal IReadOnlyList<string> InputArguments { get; }

    /// <summary>Looks at the source. Null with a reason when ffmpeg need not be started to know that it will fail.</summary>
    internal static CameraSource? Resolve(CameraOptions options, out string? problem)
    {
        problem = null;
        string source = options.Source;
        if (source.StartsWith("lavfi:", StringComparison.Ordinal))
        {
            return new("-re", "-f", "lavfi", "-i", source["lavfi:".Length..]);
        }
        if (StreamAddress.Of(source) is { } address)
        {
            // TCP: over a lossy link UDP loses slices and the picture smears; the timeout is ffmpeg's, in microseconds.
            // Video alone: a microphone is not asked for, so that no word spoken at the door travels at all.
            return new("-rtsp_transport", "tcp", "-timeout", "5000000", "-allowed_media_types", "video", "-i", address.ForFfmpeg);
        }
        string path = Path.GetFullPath(source);
        switch (FileProbe.KindOf(path))
        {
            case FileKind.CharacterDevice: return Device(options, path);
            case FileKind.Pipe: return Pipe(options, path);
            case FileKind.Regular:
                return new([.. Format(options, "-f"), "-re", "-stream_loop", "-1", "-i", "file:" + path]);
            case FileKind.Missing:
                problem = $"camera source {path} does not exist";
                return null;
            default:
                problem = $"camera source {path} is neither a device, a FIFO nor a file";
                return null;
        }
    }

    private static CameraSource Device(CameraOptions options, string path) => new([
        "-f", "v4l2", .. Format(options, "-input_format"),
        "-framerate", Text(options.FramesPerSecond), "-video_size", $"{options.Width}x{options.Height}", "-i", path]);

    private static CameraSource Pipe(CameraOptions options, string path)
    {
        // A raw stream has no clock and ffmpeg would assume 25 frames a second; a live pipe's clock is its arrival.
        string[] clock = SelfTimed.Contains(options.SourceFormat) ? [] : ["-use_wallclock_as_timestamps", "1"];
        return new([.. clock, .. Format(options, "-f"), "-i", "file:" + path]);
    }

    private static string[] Format(CameraOptions options, string option) =>
        options.SourceFormat is { } format ? [option, format] : [];

    private static string Text(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
