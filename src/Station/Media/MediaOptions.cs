using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Media;

/// <summary>Limits of pictures and video; section "Media".</summary>
internal sealed class MediaOptions
{
    /// <summary>Frames waiting for one viewer before it drops to the next key frame. Default 64: four seconds at 15 a second.</summary>
    [Range(2, 4096)]
    public int ViewerFramesMax { get; set; } = 64;

    /// <summary>Viewers of one seal at a time; more are answered 503. Default 200.</summary>
    [Range(1, 10_000)]
    public int ViewersMax { get; set; } = 200;

    /// <summary>Time one message may take to a viewer before the viewer is given up. Default 5 s.</summary>
    public TimeSpan ViewerSendTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Frames kept for who joins late; a group of pictures longer than this is not replayed. Default 128.</summary>
    [Range(1, 4096)]
    public int GroupFramesMax { get; set; } = 128;

    /// <summary>Recorded bytes of one seal a day before its recordings are refused. Default 4 GiB: eleven hours at 800 kbit/s.</summary>
    [Range(1L, long.MaxValue)]
    public long RecordedBytesPerDayMax { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Bytes of pictures of one seal a day before they are refused. Default 256 MiB: a thousand full-size stills.</summary>
    [Range(1L, long.MaxValue)]
    public long PictureBytesPerDayMax { get; set; } = 256L * 1024 * 1024;
}
