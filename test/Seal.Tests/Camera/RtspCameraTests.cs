using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

/// <summary>The whole camera over RTSP, from a server that is not ffmpeg's. Deadlines are generous; no figure is asserted.</summary>
public sealed class RtspCameraTests : IDisposable
{
    // As a maker's default password may look; in an address its slash and at sign are escaped.
    private const string Password = "S3cret/p@ss";
    private const string Escaped = "S3cret%2Fp%40ss";

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly List<CameraHealth> _told = [];

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("h264")]
    [InlineData("h265")]
    [InlineData("mjpeg")]
    public async Task StreamOfEveryUsualCodec_GivesFragmentsAndPicturesThatDecode(string codec)
    {
        await using RtspCamera server = await RtspCamera.StartAsync(RtspCamera.Pipeline(_folder, codec));
        await using DoorCamera camera = new(At($"rtsp://127.0.0.1:{server.Port}/door"), TimeProvider.System);
        using LiveSubscription viewer = camera.Subscribe();
        camera.Start();
        await FrameAsync(viewer, f => f.Index == 30);
        Still? thumbnail = await camera.Trigger(TimeProvider.System.GetTimestamp()).Thumbnail.WaitAsync(_deadline.Token);

        Assert.Equal(CameraState.Running, camera.Health.State);
        VideoClip clip = Assert.Single(camera.Freeze(TimeProvider.System.GetTimestamp()));
        Assert.Equal((640, 360), (clip.Stream.Width, clip.Stream.Height));
        Assert.True(clip.Fragments.Count >= 30);
        Assert.Equal(clip.Fragments.Count, Ffmpeg.CountFrames(clip.ToArray()));
        Assert.NotNull(thumbnail);
        Assert.Equal(1, Ffmpeg.CountFrames(thumbnail.Jpeg.ToArray()));
    }

    [Fact]
    public async Task CameraWithAMicrophone_IsNotAskedForItsSound()
    {
        await using RtspCamera server = await RtspCamera.StartAsync(RtspCamera.Pipeline(_folder, "h264"));
        await using DoorCamera camera = new(At($"rtsp://127.0.0.1:{server.Port}/door"), TimeProvider.System);
        camera.Start();
        await HealthAsync(camera, CameraState.Running);

        Assert.EndsWith("/door/stream=0", Assert.Single(server.Tracks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerKilledMidStream_IsToldAndTheRingGoesOnWhenItIsBack()
    {
        string pipeline = RtspCamera.Pipeline(_folder, "h264");
        RtspCamera first = await RtspCamera.StartAsync(pipeline, 0, "admin", Password);
        await using DoorCamera camera = new(At($"RTSP://admin:{Escaped}@127.0.0.1:{first.Port}/door"), TimeProvider.System);
        using LiveSubscription viewer = camera.Subscribe();
        camera.Start();
        await FrameAsync(viewer, f => f.Index == 15);
        await HealthAsync(camera, CameraState.Running);
        await first.DisposeAsync();
        await HealthAsync(camera, h => h.Reason?.StartsWith("nothing serves RTSP", StringComparison.Ordinal) == true);
        await using RtspCamera second = await RtspCamera.StartAsync(pipeline, first.Port, "admin", Password);
        await HealthAsync(camera, CameraState.Running);
        await FrameAsync(viewer, f => f.Stream.Id > 1 && f.Index == 15);

        IReadOnlyList<VideoClip> clips = camera.Freeze(TimeProvider.System.GetTimestamp());
        Assert.Equal(2, clips.Count);
        Assert.All(clips, clip => Assert.Equal(clip.Fragments.Count, Ffmpeg.CountFrames(clip.ToArray())));
        AssertNothingSecretWasTold();
    }

    [Fact]
    public async Task WrongPassword_IsToldWithoutItAndTriedAgainUntilItIsTheRightOne()
    {
        string pipeline = RtspCamera.Pipeline(_folder, "h264");
        RtspCamera strict = await RtspCamera.StartAsync(pipeline, 0, "admin", "another");
        await using DoorCamera camera = new(At($"rtsp://admin:{Escaped}@127.0.0.1:{strict.Port}/door?key=S3cret"), TimeProvider.System);
        camera.Start();
        CameraHealth refused = await HealthAsync(camera, h => h.State == CameraState.Failed && h.Restarts == 2);
        Assert.StartsWith("the camera refuses the name or the password: correct them in camera.source", refused.Reason, StringComparison.Ordinal);
        await strict.DisposeAsync();
        await using RtspCamera corrected = await RtspCamera.StartAsync(pipeline, strict.Port, "admin", Password);
        await HealthAsync(camera, CameraState.Running);

        AssertNothingSecretWasTold();
    }

    [Fact]
    public async Task WrongPath_IsToldAsSuch()
    {
        await using RtspCamera server = await RtspCamera.StartAsync(RtspCamera.Pipeline(_folder, "h264"));
        await using DoorCamera camera = new(At($"rtsp://127.0.0.1:{server.Port}/user=admin_password={Escaped}"), TimeProvider.System);
        camera.Start();

        Assert.StartsWith("the camera has no stream at the path", (await HealthAsync(camera, CameraState.Failed)).Reason, StringComparison.Ordinal);
        AssertNothingSecretWasTold();
    }

    [Fact]
    public async Task HostThatNeverAnswers_IsGivenUpAndTold()
    {
        // A full queue: the kernel drops the next handshake, as a host without power does.
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        EndPoint address = listener.LocalEndPoint!;
        using Socket filler = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filler.ConnectAsync(address, _deadline.Token);
        await using DoorCamera camera = new(At($"rtsp://admin:{Escaped}@{address}/door"), TimeProvider.System);
        camera.Start();

        Assert.StartsWith("the camera does not answer", (await HealthAsync(camera, CameraState.Failed)).Reason, StringComparison.Ordinal);
        AssertNothingSecretWasTold();
    }

    [Fact]
    public async Task HostThatTakesTheCallAndIsSilent_IsGivenUpAndTold()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        await using DoorCamera camera = new(At($"rtsp://admin:{Escaped}@{listener.LocalEndpoint}/door"), TimeProvider.System);
        camera.Start();

        Assert.StartsWith("what answers at the address in camera.source does not speak RTSP, or not in time", (await HealthAsync(camera, CameraState.Failed)).Reason, StringComparison.Ordinal);
        AssertNothingSecretWasTold();
    }

    private static CameraOptions At(string address) => new()
    {
        Source = address,
        RestartPause = TimeSpan.FromMilliseconds(100),
        RestartPauseMax = TimeSpan.FromMilliseconds(500),
    };

    private void AssertNothingSecretWasTold()
    {
        Assert.NotEmpty(_told);
        Assert.All(_told, h => Assert.DoesNotContain("S3cret", h.ToString(), StringComparison.Ordinal));
        Assert.All(_told, h => Assert.DoesNotContain("ss@", h.ToString(), StringComparison.Ordinal));
    }

    private Task<CameraHealth> HealthAsync(DoorCamera camera, CameraState state) => HealthAsync(camera, h => h.State == state);

    private async Task<CameraHealth> HealthAsync(DoorCamera camera, Predicate<CameraHealth> wanted)
    {
        while (true)
        {
            CameraHealth health = await camera.HealthChanges.ReadAsync(_deadline.Token);
            _told.Add(health);
            if (wanted(health)) return health;
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
