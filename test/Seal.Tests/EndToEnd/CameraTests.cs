using Cinnabar.Evidence;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Tests.EndToEnd;

public sealed class CameraTests
{
    private const string Camera = """, "camera": { "source": "lavfi:testsrc2=size=320x180:rate=10", "width": 320, "height": 180, "framesPerSecond": 10 }""";

    [Fact]
    public async Task Cut_SendsSignedPicturesAndTheRecordingFromBefore()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court, Camera);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        await TestStation.WaitAsync(() => station.Heartbeats.Any(b => b.State.TextOrNull("camera") == "running"), "a running camera");
        seal.Cut();
        var cut = await station.WaitForAsync("strip.cut");
        var thumbnail = await station.WaitForAsync("media.still", s => s.Body["thumbnail"].AsBoolean());
        await station.WaitForAsync("media.still", s => !s.Body["thumbnail"].AsBoolean());
        Assert.Equal(cut.Hash, thumbnail.Body["trigger"].AsDigest());
        Assert.InRange(thumbnail.Body["captured_ms"].AsInteger() - cut.TimeMs - thumbnail.Body["offset_ms"].AsInteger(), -60_000, 60_000);
        Assert.True(thumbnail.TimeMs >= thumbnail.Body["captured_ms"].AsInteger());
        await station.WaitForAsync("camera.on");
        await TestStation.WaitAsync(
            () => station.Media.OfType<PictureMessage>().Any(p => p.Hash == thumbnail.Data!.Digest && Digest.Of(p.Data.Span) == p.Hash), "the thumbnail");

        // Every manifest that arrived is backed by fragments with exactly its hashes.
        var manifest = await station.WaitForAsync("media.manifest");
        await station.WaitForAsync("media.manifest", m => m.Body["first"].AsInteger() > manifest.Body["first"].AsInteger());
        Assert.Empty(CutTests.ClockFindings(station.Statements));
        var stream = manifest.Body["stream"].AsInteger();
        foreach (var (hash, i) in manifest.Body["fragments"].AsArray().Select((value, i) => (value.AsDigest(), i)))
        {
            var index = manifest.Body["first"].AsInteger() + i;
            await TestStation.WaitAsync(() => Fragments(station).Any(f => f.Stream == stream && f.Index == index && !f.Flags.HasFlag(FragmentMarks.Init)), "a fragment");
            var fragment = Fragments(station).First(f => f.Stream == stream && f.Index == index && !f.Flags.HasFlag(FragmentMarks.Init));
            Assert.Equal(hash, Digest.Of(fragment.Data.Span));
            Assert.True(fragment.Flags.HasFlag(FragmentMarks.Recorded));
        }

        var init = Fragments(station).First(f => f.Flags.HasFlag(FragmentMarks.Init));
        Assert.Equal(manifest.Body["init"].AsDigest(), Digest.Of(init.Data.Span));
        var (firstMedia, firstStream) = (station.Media.ToList(), station.Media.OfType<StreamMessage>().First());
        Assert.Equal((manifest.Body["codec"].AsText(), 320L), (firstStream.Codec, firstStream.Width));
        Assert.True(firstMedia.IndexOf(firstStream) < firstMedia.IndexOf(init));

        // Its sockets have no names any more, so that not even a power cut leaves a folder.
        Assert.Empty(Directory.GetDirectories(seal.Folder, "cinnabar-camera-*"));

        // Neither ffmpeg nor aplay outlives the program.
        var children = seal.Children();
        Assert.Equal(["aplay", "ffmpeg"], children.Select(child => child.Name).Order());
        await seal.StopAsync();
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child.Id}")));
    }

    [Fact]
    public async Task LiveSwitchedOn_SendsLiveFragmentsFromAKeyFrame_AndNothingBefore()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court, Camera);
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        await TestStation.WaitAsync(() => station.Heartbeats.Any(b => b.State.TextOrNull("camera") == "running"), "a running camera");
        Assert.Empty(Fragments(station));
        await station.SendMediaAsync(new LiveMessage(true));
        await TestStation.WaitAsync(() => Fragments(station).Count() > 5, "live fragments");
        Assert.All(Fragments(station), f => Assert.False(f.Flags.HasFlag(FragmentMarks.Recorded)));
        Assert.True(Fragments(station).First().Flags.HasFlag(FragmentMarks.Init));
        Assert.True(Fragments(station).ElementAt(1).Flags.HasFlag(FragmentMarks.Sync));
    }

    [Fact]
    public async Task CoveredCamera_IsToldAsWhatItIs()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court, Camera.Replace("testsrc2=", "color=c=black:", StringComparison.Ordinal));
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        var blind = await station.WaitForAsync("camera.blind");

        Assert.Equal((2L, "camera"), (blind.Body["level"].AsInteger(), blind.Body["part"].AsText()));
        Assert.DoesNotContain(station.Statements, s => s.Kind == "camera.fault");
    }

    [Fact]
    public async Task PictureNotDeliveredBeforeAPowerCut_IsDeliveredAfterIt()
    {
        using var court = new TestCourt();
        await using var seal = new TestSeal();
        int port;
        await using (var station = await TestStation.StartAsync(court, TestSeal.Number))
        {
            port = station.Port;
            await seal.EnrolAsync(station, court, Camera);
            await seal.StartAsync();
            await TestSeal.ArmAsync(station, court);
            await TestStation.WaitAsync(() => station.Heartbeats.Any(b => b.State.TextOrNull("camera") == "running"), "a running camera");
        }

        seal.Cut();
        await seal.WaitForLineAsync("thumbnail=False");
        var pictures = Path.Combine(seal.Folder, "state", "pictures");
        await TestStation.WaitAsync(() => Directory.GetFiles(pictures, "*.jpg").Length > 1, "pictures on the disk");
        await seal.KillAsync();
        var waiting = Directory.GetFiles(pictures, "*.jpg").Select(p => Path.GetFileNameWithoutExtension(p)!).ToArray();
        await using var again = await TestStation.StartAsync(court, TestSeal.Number, port);
        await seal.StartAsync();
        await TestStation.WaitAsync(
            () => waiting.All(hash => again.Media.OfType<PictureMessage>().Any(p => p.Hash.ToString() == hash && Digest.Of(p.Data.Span) == p.Hash)), "the pictures");
        await TestStation.WaitAsync(() => Directory.GetFiles(pictures, "*.jpg").Length == 0, "an empty folder");
    }

    [Fact]
    public async Task LinkCutDuringARecording_EveryFragmentThatAManifestNamesArrives()
    {
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court, Camera + """, "recordSeconds": 10""");
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        await TestStation.WaitAsync(() => station.Heartbeats.Any(b => b.State.TextOrNull("camera") == "running"), "a running camera");

        // A station that takes everything in and confirms nothing, as one does whose link dies before the disk answers.
        station.Keeps = _ => false;
        seal.Cut();
        var first = await station.WaitForAsync("media.manifest");
        await TestStation.WaitAsync(() => Fragments(station).Any(f => f.Flags.HasFlag(FragmentMarks.Recorded)), "the recording");
        var lost = station.Media.Count;
        station.Drop();
        station.Keeps = _ => true;
        await station.WaitForAsync("media.manifest", m => m.Body["first"].AsInteger() >= first.Body["first"].AsInteger() + 50);
        var (stream, begin) = (first.Body["stream"].AsInteger(), (int)first.Body["first"].AsInteger());
        await TestStation.WaitAsync(
            () => Enumerable.Range(begin, 50).All(i => station.Media.Skip(lost).OfType<FragmentMessage>().Any(f => f.Stream == stream && f.Index == i)),
            "what was taken in before the cut, and all that came after");
        Assert.DoesNotContain(station.Statements, s => s.Kind == "media.dropped");
    }

    [Fact]
    public async Task MemoryTooSmallForTheRecording_SaysWhatItGaveUp()
    {
        const string heavy = "lavfi:testsrc2=size=1280x720:rate=10,noise=alls=60:allf=t";
        using var court = new TestCourt();
        await using var station = await TestStation.StartAsync(court, TestSeal.Number);
        await using var seal = new TestSeal();
        await seal.EnrolAsync(station, court, $$"""
            , "camera": { "source": "{{heavy}}", "width": 1280, "height": 720, "framesPerSecond": 10, "bitsPerSecond": 4000000 },
            "recordSeconds": 10, "recordMebibytes": 1
            """);
        station.Keeps = _ => false;
        await seal.StartAsync();
        await TestSeal.ArmAsync(station, court);
        await TestStation.WaitAsync(() => station.Heartbeats.Any(b => b.State.TextOrNull("camera") == "running"), "a running camera");
        seal.Cut();
        var dropped = await station.WaitForAsync("media.dropped");
        Assert.True(dropped.Body["first"].AsInteger() <= dropped.Body["last"].AsInteger());
        Assert.Contains(station.Statements, s => s.Kind == "media.manifest" && s.Body["stream"].AsInteger() == dropped.Body["stream"].AsInteger());
    }

    private static IEnumerable<FragmentMessage> Fragments(TestStation station) => station.Media.OfType<FragmentMessage>();
}
