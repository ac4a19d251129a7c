using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

/// <summary>The whole camera over the real ffmpeg. Deadlines are generous; no figure is asserted.</summary>
public sealed class DoorCameraTests : IDisposable
{
    private static readonly CameraOptions Scene = new()
    {
        Source = "lavfi:testsrc2=size=640x360:rate=15",
        RestartPause = TimeSpan.FromMilliseconds(10),
        RestartPauseMax = TimeSpan.FromMilliseconds(50),
    };

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task RunningCamera_GivesLiveFramesManifestsAndAClipThatDecode()
    {
        await using DoorCamera camera = new(Scene, TimeProvider.System);
        using LiveSubscription viewer = camera.Subscribe();
        camera.Start();
        List<VideoFragment> live = await TakeAsync(viewer, 40);
        GopManifest manifest = await camera.Manifests.ReadAsync(_deadline.Token);

        Assert.Equal(CameraState.Running, camera.Health.State);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (uint)i), live.Select(f => f.Index));
        Assert.Equal("avc1.42C016", live[0].Stream.Codec);
        Assert.Equal(live.Skip(1).Take(15).Select(f => Convert.ToHexString(f.Sha256.Span)), manifest.FragmentSha256.Select(h => Convert.ToHexString(h.Span)));
        Assert.Equal(0, camera.ManifestsLost);
        VideoClip clip = Assert.Single(camera.Freeze(TimeProvider.System.GetTimestamp()));
        Assert.True(clip.Fragments.Count >= 39);
        Assert.Equal(clip.Fragments.Count, Ffmpeg.CountFrames(clip.ToArray()));
    }

    [Fact]
    public async Task Trigger_GivesAThumbnailAtOnceAndPicturesWhenTheWindowCloses()
    {
        await using DoorCamera camera = new(Scene, TimeProvider.System);
        camera.Start();
        Assert.NotNull(await camera.FirstFrameAfter(0).WaitAsync(_deadline.Token));
        CameraTrigger trigger = camera.Trigger(TimeProvider.System.GetTimestamp());
        Still? thumbnail = await trigger.Thumbnail.WaitAsync(_deadline.Token);
        StillSet stills = await trigger.Stills.WaitAsync(_deadline.Token);

        Assert.True(trigger.WasPowered);
        Assert.NotNull(thumbnail);
        Assert.InRange(thumbnail.Jpeg.Length, 1, StillCapture.ThumbnailBytesMax);
        Assert.Same(thumbnail, stills.Thumbnail);
        Assert.InRange(stills.Pictures.Count, 1, 3);
        Assert.All(stills.Pictures, p =>
        {
            Assert.Equal((640, 360), (p.Width, p.Height));
            Assert.InRange(p.OffsetMs, StillChooser.FromMs, StillChooser.ToMs);
            Assert.True(p.Sha256.Span.SequenceEqual(SHA256.HashData(p.Jpeg.Span)));
            Assert.Equal(1, Ffmpeg.CountFrames(p.Jpeg.ToArray()));
        });
    }

    [Fact]
    public async Task KilledEncoder_IsRestartedAsANewStreamAndViewersGetItsInit()
    {
        await using DoorCamera camera = new(Scene, TimeProvider.System);
        using LiveSubscription viewer = camera.Subscribe();
        camera.Start();
        await TakeAsync(viewer, 5);
        using (Process ffmpeg = Process.GetProcessById(camera.EncoderProcessId)) ffmpeg.Kill();
        VideoFragment init = await FirstAsync(viewer, f => f.Stream.Id == 2);

        Assert.True(init.IsInit);
        Assert.Equal(1, camera.Health.Restarts);
        CameraHealth failed = await HealthAsync(camera, CameraState.Failed);
        Assert.StartsWith("ffmpeg ended with code 137", failed.Reason, StringComparison.Ordinal);
        await HealthAsync(camera, CameraState.Running);
    }

    [Fact]
    public async Task MissingSource_IsFailedWithItsPathAndRecoversWhenItAppears()
    {
        string path = Path.Combine(_folder, "camera.mp4");
        await using DoorCamera camera = new(Scene with { Source = path }, TimeProvider.System);
        camera.Start();
        CameraHealth failed = await HealthAsync(camera, CameraState.Failed);
        Assert.Equal($"camera source {path} does not exist", failed.Reason);

        File.WriteAllBytes(path + ".part", Ffmpeg.Run(Recording.Encode("ismv", "640x360", 1)));
        File.Move(path + ".part", path);
        await HealthAsync(camera, CameraState.Running);
    }

    [Fact]
    public async Task SourceThatIsNoVideo_IsFailedWithWhatFfmpegSays()
    {
        string path = Path.Combine(_folder, "text");
        File.WriteAllText(path, "no video at all");
        await using DoorCamera camera = new(Scene with { Source = path }, TimeProvider.System);
        camera.Start();

        Assert.Contains("Invalid data", (await HealthAsync(camera, CameraState.Failed)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingFfmpeg_IsFailedAndNothingIsThrown()
    {
        await using DoorCamera camera = new(Scene with { FfmpegPath = "/nowhere/ffmpeg" }, TimeProvider.System);
        camera.Start();
        CameraTrigger trigger = camera.Trigger(TimeProvider.System.GetTimestamp());

        Assert.Contains("/nowhere/ffmpeg could not be started", (await HealthAsync(camera, CameraState.Failed)).Reason, StringComparison.Ordinal);
        Assert.Null(await trigger.Thumbnail.WaitAsync(_deadline.Token));
        Assert.Empty((await trigger.Stills.WaitAsync(_deadline.Token)).Pictures);
    }

    [Fact]
    public async Task WrongSettings_AreFailedForGood()
    {
        await using DoorCamera camera = new(Scene with { FramesPerSecond = 0 }, TimeProvider.System);
        camera.Start();

        Assert.Equal(CameraState.Failed, camera.Health.State);
        Assert.Contains("FramesPerSecond is 0", camera.Health.Reason, StringComparison.Ordinal);
        Assert.Null(await camera.Trigger(0).FirstFrame);
    }

    [Fact]
    public async Task CoveredLens_IsBlind()
    {
        await using DoorCamera camera = new(Scene with { Source = "lavfi:color=c=black:size=640x360:rate=15" }, TimeProvider.System);
        camera.Start();

        Assert.Contains("covered", (await HealthAsync(camera, CameraState.Blind)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h264", "h264")]
    [InlineData("h264", null)]
    [InlineData("mpegts", "mpegts")]
    public async Task FifoFedLive_RunsAndIsReopenedWhenItsWriterEnds(string format, string? named)
    {
        string fifo = Path.Combine(_folder, "camera");
        Ffmpeg.Run("mkfifo", [fifo], null);
        byte[] clip = Ffmpeg.Run(Recording.Encode(format, "640x360", 2));
        await using DoorCamera camera = new(Scene with { Source = fifo, SourceFormat = named }, TimeProvider.System);
        using LiveSubscription viewer = camera.Subscribe();
        camera.Start();
        await File.WriteAllBytesAsync(fifo, clip, _deadline.Token);
        Assert.Equal(1u, (await FirstAsync(viewer, f => f.IsSync)).Index);
        await HealthAsync(camera, CameraState.Failed);
        await File.WriteAllBytesAsync(fifo, clip, _deadline.Token);

        Assert.True((await FirstAsync(viewer, f => f.IsSync && f.Stream.Id > 1)).IsSync);
    }

    [Fact]
    public async Task FifoWithoutWriter_FailsForWantOfAFirstFrame()
    {
        string fifo = Path.Combine(_folder, "camera");
        Ffmpeg.Run("mkfifo", [fifo], null);
        await using DoorCamera camera = new(Scene with { Source = fifo, StartLimit = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        camera.Start();

        Assert.Equal("no first frame within 1 s of the start", (await HealthAsync(camera, CameraState.Failed)).Reason);
    }

    [Fact]
    public async Task SourceThatStalls_IsRestarted()
    {
        string fifo = Path.Combine(_folder, "camera");
        Ffmpeg.Run("mkfifo", [fifo], null);
        byte[] clip = Ffmpeg.Run(Recording.Encode("h264", "640x360", 2));
        await using DoorCamera camera = new(Scene with { Source = fifo, StallLimit = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        camera.Start();
        await using FileStream writer = await Task.Run(() => new FileStream(fifo, FileMode.Open, FileAccess.Write)).WaitAsync(_deadline.Token);
        await writer.WriteAsync(clip, _deadline.Token);
        await writer.FlushAsync(_deadline.Token);

        Assert.Equal("no frame for 1 s", (await HealthAsync(camera, CameraState.Failed)).Reason);
    }

    [Fact]
    public async Task OnTrigger_IsOffUntilTheTriggerAndMeasuresTheColdStart()
    {
        await using DoorCamera camera = new(Scene with { Powered = CameraPower.OnTrigger }, TimeProvider.System);
        camera.Start();
        Assert.Equal((CameraState.Off, 0), (camera.Health.State, camera.EncoderProcessId));
        CameraTrigger trigger = camera.Trigger(TimeProvider.System.GetTimestamp());

        Assert.False(trigger.WasPowered);
        Assert.True(await trigger.FirstFrame.WaitAsync(_deadline.Token) > TimeSpan.Zero);
        Assert.NotNull(await trigger.Thumbnail.WaitAsync(_deadline.Token));
    }

    [Fact]
    public async Task HeldPower_GoesOffByItselfWithoutAFailure()
    {
        HealthBoard health = new(TimeProvider.System);
        using EncoderLoop loop = new(Scene, TimeProvider.System, health, new(_ => { }, _ => { }, () => { }, () => { }));
        loop.PowerOn(hold: TimeSpan.FromMilliseconds(500));
        CameraHealth last;
        do last = await health.Changes.ReadAsync(_deadline.Token);
        while (last.State != CameraState.Off);

        Assert.Equal((0, 0), (last.Restarts, loop.ProcessId));
    }

    [Fact]
    public async Task StoppedCamera_EndsFfmpegAndIgnoresTriggers()
    {
        await using DoorCamera camera = new(Scene, TimeProvider.System);
        camera.Start();
        await camera.FirstFrameAfter(0).WaitAsync(_deadline.Token);
        Process ffmpeg = Process.GetProcessById(camera.EncoderProcessId);
        camera.Stop();
        await HealthAsync(camera, CameraState.Off);
        CameraTrigger trigger = camera.Trigger(TimeProvider.System.GetTimestamp());

        await ffmpeg.WaitForExitAsync(_deadline.Token);
        Assert.Null(await trigger.FirstFrame);
        Assert.Equal((CameraState.Off, 0), (camera.Health.State, camera.Health.Restarts));
    }

    [Fact]
    public async Task DisposedCamera_CompletesEverythingThatIsWaitedFor()
    {
        DoorCamera camera = new(Scene, TimeProvider.System);
        camera.Start();
        CameraTrigger trigger = camera.Trigger(TimeProvider.System.GetTimestamp());
        await camera.DisposeAsync();

        await trigger.Stills.WaitAsync(_deadline.Token);
        await trigger.FirstFrame.WaitAsync(_deadline.Token);
        while (await camera.Manifests.WaitToReadAsync(_deadline.Token)) camera.Manifests.TryRead(out _);
        Assert.Equal(0, camera.EncoderProcessId);
    }

    private async Task<CameraHealth> HealthAsync(DoorCamera camera, CameraState state)
    {
        while (true)
        {
            CameraHealth health = await camera.HealthChanges.ReadAsync(_deadline.Token);
            if (health.State == state) return health;
        }
    }

    private async Task<List<VideoFragment>> TakeAsync(LiveSubscription viewer, int count)
    {
        List<VideoFragment> taken = [];
        await foreach (VideoFragment fragment in viewer.ReadAllAsync(_deadline.Token))
        {
            taken.Add(fragment);
            if (taken.Count == count) return taken;
        }
        throw new ChannelClosedException();
    }

    private async Task<VideoFragment> FirstAsync(LiveSubscription viewer, Predicate<VideoFragment> wanted)
    {
        await foreach (VideoFragment fragment in viewer.ReadAllAsync(_deadline.Token))
        {
            if (wanted(fragment)) return fragment;
        }
        throw new ChannelClosedException();
    }
}
