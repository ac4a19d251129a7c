namespace Cinnabar.Seal.Camera;

/// <summary>The newest still frames, for a bounded time and number of bytes. Thread safe.</summary>
internal sealed class StillRing(TimeProvider time)
{
    /// <summary>Time kept: ten seconds before a trigger and the window after it.</summary>
    internal static readonly TimeSpan Span = TimeSpan.FromSeconds(15);

    /// <summary>Most bytes kept.</summary>
    internal const long BytesMax = 32 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<StillFrame> _frames = new();
    private long _bytes;

    internal void Add(StillFrame frame)
    {
        lock (_gate)
        {
            _frames.Enqueue(frame);
            _bytes += Size(frame);
            while (_bytes > BytesMax || time.GetElapsedTime(_frames.Peek().Captured.Monotonic, frame.Captured.Monotonic) > Span)
            {
                _bytes -= Size(_frames.Dequeue());
            }
        }
    }

    /// <summary>All frames held, oldest first.</summary>
    internal IReadOnlyList<StillFrame> Frames()
    {
        lock (_gate) return [.. _frames];
    }

    private static int Size(StillFrame frame) => frame.Still.Bytes.Length + frame.Thumb.Bytes.Length + frame.Gray.Length;
}
