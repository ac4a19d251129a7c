using System.Threading.Channels;
using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

/// <summary>The whole camera over ffmpeg's V4L2 capture. Deadlines are generous; no figure is asserted.</summary>
public sealed class V4l2CameraTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private string? _told;

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("YUYV", null)]
    [InlineData("MJPG", null)]
    [InlineData("MJPG", "mjpeg")]
    public async Task CameraOfAnotherSize_GivesFragmentsAndPicturesOfTheConfiguredOne(string offered, string? asked)
    {
        await using DoorCamera camera = new(At(new(_folder, offered)) with { SourceFormat = asked }, TimeProvider.System);
        using LiveSubscription viewer = camera.Subscribe();
        camera.Start();
        await FrameAsync(viewer, f => f.Index == 30);
        Still? thumbnail = await camera.Trigger(TimeProvider.System.GetTimestamp()).Thumbnail.WaitAsync(_deadline.Token);

        Assert.Equal((CameraState.Running, null, 0), (camera.Health.State, camera.Health.Reason, camera.Health.Restarts));
        VideoClip clip = Assert.Single(camera.Freeze(TimeProvider.System.GetTimestamp()));
        Assert.Equal((640, 360), (clip.Stream.Width, clip.Stream.Height));
        Assert.Equal(clip.Fragments.Count, Ffmpeg.CountFrames(clip.ToArray()));
        Assert.NotNull(thumbnail);
        Assert.Equal(1, Ffmpeg.CountFrames(thumbnail.Jpeg.ToArray()));
    }

    [Fact]
    public async Task CameraPulledOut_IsToldAndFilmsAgainWhenItIsBack()
    {
        V4l2Node node = new(_folder, "YUYV");
        await using DoorCamera camera = new(At(node), TimeProvider.System);
        using LiveSubscription viewer = camera.Subscribe();
        camera.Start();
        await FrameAsync(viewer, f => f.Index == 15);
        node.PullOut();
        CameraHealth pulled = await FailureAsync(camera);
        CameraHealth gone = await FailureAsync(camera);
        node.PlugIn();
        await FrameAsync(viewer, f => f.Stream.Id > 1 && f.Index == 15);

        Assert.StartsWith("the camera is unplugged: plug it in", pulled.Reason, StringComparison.Ordinal);
        Assert.Equal($"camera source {node.Path} does not exist", gone.Reason);
        Assert.Equal((CameraState.Running, null), (camera.Health.State, camera.Health.Reason));
        Assert.Equal(2, camera.Freeze(TimeProvider.System.GetTimestamp()).Count);
    }

    [Theory]
    [InlineData("mjpeg")]
    [InlineData("nonsense")]
    public async Task FormatThatTheCameraDoesNotOffer_IsToldWithWhatToDo(string asked)
    {
        await using DoorCamera camera = new(At(new(_folder, "YUYV")) with { SourceFormat = asked }, TimeProvider.System);
        camera.Start();

        Assert.StartsWith(
            "the camera does not offer the pixel format in camera.sourceFormat: leave it out", (await FailureAsync(camera)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodeThatIsNoCamera_IsToldWithWhatToDo()
    {
        await using DoorCamera camera = new(At(new(_folder, "YUYV")) with { FfmpegPath = "ffmpeg" }, TimeProvider.System);
        camera.Start();

        Assert.StartsWith("the node in camera.source is no camera: /dev/v4l/by-id", (await FailureAsync(camera)).Reason, StringComparison.Ordinal);
    }

    private static CameraOptions At(V4l2Node node) => new()
    {
        Source = node.Path,
        FfmpegPath = node.FfmpegPath,
        RestartPause = TimeSpan.FromMilliseconds(100),
        RestartPauseMax = TimeSpan.FromMilliseconds(500),
    };

    // The next failure that is not the last one told once more.
    private async Task<CameraHealth> FailureAsync(DoorCamera camera)
    {
        while (true)
        {
            CameraHealth health = await camera.HealthChanges.ReadAsync(_deadline.Token);
            if (health.State != CameraState.Failed || health.Reason == _told) continue;
            _told = health.Reason;
            return health;
        }
    }

    private async Task FrameAsync(LiveSubscription viewer, Predicate<VideoFragment> wanted)
    {
        await foreach (VideoFragment fragment in viewer.ReadAllAsync(_deadline.Token))
        {
            if (wanted(fragment)) return;
        }
        throw new ChannelClosedException();
    }
}
