using System.Security.Cryptography;

namespace Cinnabar.Seal.Camera;

/// <summary>Chooses the pictures of one trigger as frames come in. Thread safe.</summary>
internal sealed class StillCapture : IDisposable
{
    /// <summary>A thumbnail's limit: 20 kB arrive over 4G in the time the first picture may take (design.md 5).</summary>
    internal const int ThumbnailBytesMax = 20_000;

    // Frames close the window; the timer does when none come any more, a little later so that it never wins the race.
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<Still?> _thumbnail = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StillSet> _set = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly StillRing _ring;
    private readonly long _trigger;
    private readonly ITimer _timer;

    internal StillCapture(TimeProvider time, StillRing ring, long trigger)
    {
        _time = time;
        _ring = ring;
        _trigger = trigger;
        TimeSpan left = TimeSpan.FromMilliseconds(StillChooser.ToMs) + TimerSlack - time.GetElapsedTime(trigger);
        _timer = time.CreateTimer(_ => Close(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    internal Task<Still?> Thumbnail => _thumbnail.Task;

    internal Task<StillSet> Stills => _set.Task;

    /// <summary>Looks at the ring: chooses the thumbnail if there is none yet, and closes the window when it is over.</summary>
    internal void Look()
    {
        IReadOnlyList<StillFrame> frames = _ring.Frames();
        if (!_thumbnail.Task.IsCompleted && ChooseThumbnail(frames) is { } thumbnail) _thumbnail.TrySetResult(thumbnail);
        if (frames.Count > 0 && Offset(frames[^1]) >= StillChooser.ToMs) Close();
    }

    /// <summary>Closes the window with what there is.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            if (_set.Task.IsCompleted) return;
            IReadOnlyList<StillFrame> frames = _ring.Frames();
            _thumbnail.TrySetResult(ChooseThumbnail(frames));
            IReadOnlyList<Still> pictures = [.. StillChooser.Choose(Candidates(frames)).Select(i => Cut(frames[i], frames[i].Still))];
            _set.TrySetResult(new(_thumbnail.Task.Result, pictures));
        }
        _timer.Dispose();
    }

    public void Dispose() => Close();

    private Still? ChooseThumbnail(IReadOnlyList<StillFrame> frames)
    {
        Still? smallest = null;
        foreach (int i in StillChooser.Rank(Candidates(frames)))
        {
            StillFrame frame = frames[i];
            JpegPicture picture = frame.Still.Bytes.Length <= ThumbnailBytesMax ? frame.Still : frame.Thumb;
            if (picture.Bytes.Length <= ThumbnailBytesMax) return Cut(frame, picture);
            // Pure noise can exceed the limit even 320 wide; then the smallest is better than none.
            if (smallest is null || picture.Bytes.Length < smallest.Jpeg.Length) smallest = Cut(frame, picture);
        }
        return smallest;
    }

    private StillCandidate[] Candidates(IReadOnlyList<StillFrame> frames) =>
        [.. frames.Select(frame => new StillCandidate(Offset(frame), frame.Gray))];

    private int Offset(StillFrame frame) =>
        (int)Math.Clamp(_time.GetElapsedTime(_trigger, frame.Captured.Monotonic).TotalMilliseconds, int.MinValue, int.MaxValue);

    private Still Cut(StillFrame frame, JpegPicture picture) => new(
        Offset(frame), frame.Captured, frame.StreamId, picture.Width, picture.Height, picture.Bytes, SHA256.HashData(picture.Bytes.Span));
}
