namespace Cinnabar.Seal.Camera;

/// <summary>Settings of the camera. <see cref="Problems"/> lists every fault at once; a camera with a fault reports Failed and the rest of the seal works.</summary>
internal sealed record CameraOptions
{
    /// <summary>
    /// Where pictures come from: a V4L2 node (<c>/dev/video0</c>), <c>rtsp://</c> or <c>rtsps://</c>, a FIFO, a regular file
    /// (played at its own rate and looped) or <c>lavfi:GRAPH</c> for a synthetic scene.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>
    /// ffmpeg's name of the source's format where it cannot or need not be guessed: for a FIFO a container or
    /// <c>h264</c>, for a V4L2 node a pixel format. Null lets ffmpeg look. A FIFO of <c>mpegts</c>, <c>flv</c>,
    /// <c>matroska</c>, <c>nut</c> keeps its own timestamps; any other is timed as it arrives.
    /// </summary>
    public string? SourceFormat { get; init; }

    /// <summary>Picture width in pixels, even, 160 to 1920. Default 640: what a 4G uplink carries at 15 frames a second.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Picture height in pixels, even, 90 to 1080. Another aspect ratio of the source is padded, never stretched.</summary>
    public int Height { get; init; } = 360;

    /// <summary>Frames a second, 2 to 60; also the GOP length in frames, so that every GOP is one second.</summary>
    public int FramesPerSecond { get; init; } = 15;

    /// <summary>Mean video bits a second, 100,000 to 8,000,000. The peak is 4/3 and the encoder's buffer 2/3 of it.</summary>
    public int BitsPerSecond { get; init; } = 600_000;

    /// <summary>When the camera is powered.</summary>
    public CameraPower Powered { get; init; } = CameraPower.Always;

    /// <summary>With <see cref="CameraPower.OnTrigger"/>: how long after the last trigger the camera stays on. 10 s to 1 h.</summary>
    public TimeSpan HoldAfterTrigger { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Seconds of video kept in memory, 12 to 120: ten before the trigger, one GOP to start on, and slack.</summary>
    public int RingSeconds { get; init; } = 20;

    /// <summary>Width in pixels of the stills, even, 160 to 1920; the height follows the picture's aspect ratio.</summary>
    public int StillWidth { get; init; } = 640;

    /// <summary>Stills a second, 1 to 15 and not above <see cref="FramesPerSecond"/>.</summary>
    public int StillsPerSecond { get; init; } = 5;

    /// <summary>The time to the first frame after which a start has failed. 1 s to 2 min; RTSP cameras take seconds.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence between two frames after which the encoder is restarted. 1 s to 1 min.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First and shortest pause before a restart; doubles up to <see cref="RestartPauseMax"/>, a trigger cuts it short. 10 ms to 10 s.</summary>
    public TimeSpan RestartPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause before a restart. Up to 5 min.</summary>
    public TimeSpan RestartPauseMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The ffmpeg program: a path, or a name looked up in PATH.</summary>
    public string FfmpegPath { get; init; } = "ffmpeg";

    /// <summary>Peak video bits a second.</summary>
    internal int PeakBitsPerSecond => BitsPerSecond / 3 * 4;

    /// <summary>Most bytes the ring may hold: its seconds at the peak rate and half again, because a single GOP may exceed the peak.</summary>
    internal long RingBytesMax => ((long)PeakBitsPerSecond * RingSeconds / 8 * 3 / 2) + (256 * 1024);

    /// <summary>Everything wrong with these settings, in plain sentences; empty when they can be used.</summary>
    internal IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(Source)) problems.Add($"{nameof(Source)} is missing.");
        else if (StreamAddress.Of(Source)?.Problem() is { } problem) problems.Add(problem);
        if (string.IsNullOrWhiteSpace(FfmpegPath)) problems.Add($"{nameof(FfmpegPath)} is missing.");
        if (SourceFormat is { } format && (format.Length == 0 || !format.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
        {
            problems.Add($"{nameof(SourceFormat)} must be a plain format name.");
        }
        Range(problems, nameof(Width), Width, 160, 1920, even: true);
        Range(problems, nameof(Height), Height, 90, 1080, even: true);
        Range(problems, nameof(FramesPerSecond), FramesPerSecond, 2, 60);
        Range(problems, nameof(BitsPerSecond), BitsPerSecond, 100_000, 8_000_000);
        Range(problems, nameof(RingSeconds), RingSeconds, 12, 120);
        Range(problems, nameof(StillWidth), StillWidth, 160, 1920, even: true);
        Range(problems, nameof(StillsPerSecond), StillsPerSecond, 1, Math.Clamp(FramesPerSecond, 1, 15));
        Range(problems, nameof(HoldAfterTrigger), HoldAfterTrigger, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        Range(problems, nameof(StartLimit), StartLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Range(problems, nameof(StallLimit), StallLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Range(problems, nameof(RestartPause), RestartPause, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));
        Range(problems, nameof(RestartPauseMax), RestartPauseMax, RestartPause, TimeSpan.FromMinutes(5));
        return problems;
    }

    private static void Range(List<string> problems, string name, int value, int least, int most, bool even = false)
    {
        if (value < least || value > most) problems.Add($"{name} is {value}; allowed is {least} to {most}.");
        else if (even && value % 2 != 0) problems.Add($"{name} is {value}; it must be even.");
    }

    private static void Range(List<string> problems, string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most) problems.Add($"{name} is {value}; allowed is {least} to {most}.");
    }
}
