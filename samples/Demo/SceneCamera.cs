using System.Text;

namespace Cinnabar.Demo;

/// <summary>Feeds a <see cref="DoorScene"/> into a named pipe as YUV4MPEG2, at the pace of a real camera.</summary>
/// <remarks>The seal opens the pipe as its camera; ffmpeg encodes what comes out of it as it would a V4L2 node's pictures.</remarks>
public sealed class SceneCamera : IAsyncDisposable
{
    public const int Width = 640;
    public const int Height = 360;
    public const int FramesPerSecond = 15;

    private readonly string _pipe;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pumping;

    public SceneCamera(string pipe)
    {
        _pipe = pipe;
        _pumping = Task.Factory.StartNew(Pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public DoorScene Scene { get; } = new(Width, Height);

    /// <summary>Unix ms at which the first frame after <see cref="Mark"/> was handed to the pipe; 0 before.</summary>
    public long FirstFrameAfterMarkMs { get; private set; }

    public void Mark() => FirstFrameAfterMarkMs = 0;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();

        // A pipe without a reader holds its writer in open(2). A reader that comes and goes lets it out of there, and breaks
        // a write that nobody takes.
        while (!_pumping.IsCompleted)
        {
            using (new FileStream(_pipe, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite }))
            {
            }

            await Task.WhenAny(_pumping, Task.Delay(TimeSpan.FromMilliseconds(20)));
        }

        await _pumping;
        _stop.Dispose();
    }

    private void Pump()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var output = new FileStream(_pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                output.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F{FramesPerSecond}:1 Ip A1:1 C420jpeg\n"));
                PumpFrames(output);
            }
            catch (IOException)
            {
                // The seal closed its camera; it will open it again.
            }
        }
    }

    private void PumpFrames(FileStream output)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / FramesPerSecond));
        while (!_stop.IsCancellationRequested && tick.WaitForNextTickAsync().AsTask().GetAwaiter().GetResult())
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            output.Write("FRAME\n"u8);
            output.Write(Scene.Draw(now).Span);
            if (FirstFrameAfterMarkMs == 0)
            {
                FirstFrameAfterMarkMs = now;
            }
        }
    }
}
