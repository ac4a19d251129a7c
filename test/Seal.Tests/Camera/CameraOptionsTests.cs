using System.Text;
using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

public sealed class CameraOptionsTests
{
    private static readonly CameraOptions Good = new() { Source = "lavfi:testsrc2" };

    [Fact]
    public void Defaults_AreUsable() => Assert.Empty(Good.Problems());

    [Fact]
    public void SeveralFaults_AreAllNamed()
    {
        IReadOnlyList<string> problems = (Good with { Source = " ", Width = 641, RingSeconds = 9, SourceFormat = "h264 -y" }).Problems();

        Assert.Equal(4, problems.Count);
        Assert.Contains(problems, p => p.Contains("Width is 641; it must be even", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("RingSeconds is 9; allowed is 12 to 120", StringComparison.Ordinal));
    }

    [Fact]
    public void RingLimit_HoldsTheSpanAtThePeakRate() =>
        Assert.True(Good.RingBytesMax >= (long)Good.PeakBitsPerSecond * Good.RingSeconds / 8);

    [Fact]
    public void EachKindOfSource_GetsItsOwnInput()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string file = Path.Combine(folder, "clip.mp4"), fifo = Path.Combine(folder, "camera");
        File.WriteAllText(file, "x");
        Ffmpeg.Run("mkfifo", [fifo], null);

        Assert.Equal(["-re", "-f", "lavfi", "-i", "testsrc2"], Input(Good));
        Assert.Equal(["-re", "-stream_loop", "-1", "-i", "file:" + file], Input(Good with { Source = file }));
        Assert.Equal(
            ["-use_wallclock_as_timestamps", "1", "-f", "h264", "-i", "file:" + fifo], Input(Good with { Source = fifo, SourceFormat = "h264" }));
        Assert.Equal(["-f", "mpegts", "-i", "file:" + fifo], Input(Good with { Source = fifo, SourceFormat = "mpegts" }));
        Assert.Equal(
            ["-f", "v4l2", "-framerate", "15", "-video_size", "640x360", "-i", "/dev/null"], Input(Good with { Source = "/dev/null" }));
        Assert.Equal("rtsp://camera/1", Input(Good with { Source = "rtsp://camera/1" })[^1]);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("/nowhere/video9", "does not exist")]
    [InlineData("/", "neither a device, a FIFO nor a file")]
    public void UnusableSource_IsRefusedWithAReason(string source, string reason)
    {
        Assert.Null(CameraSource.Resolve(Good with { Source = source }, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://admin:secret@camera/1", "use rtsp:// or rtsps://")]
    [InlineData("rtsp://admin:sec/ret@camera/1", "write / as %2F")]
    [InlineData("rtsp://admin:12/secret@camera/1", "write / as %2F")]
    [InlineData("rtsp:///1", "rtsp://name:password@host:port/path")]
    [InlineData("rtsp://admin:sec ret@camera/1", "write %20")]
    public void AddressThatCannotBeUsed_IsRefusedWithoutItsPassword(string source, string rule)
    {
        string problem = Assert.Single((Good with { Source = source }).Problems());

        Assert.Contains(rule, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void OverlongAddress_IsRefused() =>
        Assert.Contains("more than 512", Assert.Single((Good with { Source = "rtsp://camera/" + new string('x', 500) }).Problems()), StringComparison.Ordinal);

    [Theory]
    [InlineData("rtsp://admin:secret@camera:554/1", "rtsp://***@camera:554/***")]
    [InlineData("rtsp://admin:sec@secret@camera", "rtsp://***@camera")]
    [InlineData("rtsp://camera/user=admin_password=secret", "rtsp://camera/***")]
    [InlineData("rtsp://[fe80::1]:554/?password=secret", "rtsp://[fe80::1]:554/***")]
    public void PasswordAnywhereInTheAddress_IsTakenOutOfEveryLine(string source, string shown)
    {
        Assert.Empty((Good with { Source = source }).Problems());
        OutputTail tail = new(StreamAddress.Of(source));
        // Far right, where a line that is cut first would lose the at sign and keep the password.
        tail.Append(Encoding.UTF8.GetBytes($"{new string('x', 380 - source.Length)} {source}: refused\n{source}: refused"));

        Assert.Equal($"{shown}: refused", tail.Lines()[^1]);
        Assert.All(tail.Lines(), line => Assert.DoesNotContain("sec", line, StringComparison.Ordinal));
    }

    [Fact]
    public void ProgramOutput_IsBoundedAndHidesPasswords()
    {
        OutputTail tail = new();
        tail.Append(Encoding.UTF8.GetBytes(new string('x', 10_000) + "\n"));
        for (int i = 0; i < 100; i++) tail.Append(Encoding.UTF8.GetBytes($"line {i}\r\n"));
        tail.Append("rtsp://admin:secret@10.0.0.1/1: refused"u8);

        IReadOnlyList<string> lines = tail.Lines();
        Assert.Equal(20, lines.Count);
        Assert.Equal("line 99", lines[^2]);
        Assert.Equal("rtsp://***@10.0.0.1/1: refused", lines[^1]);
    }

    private static IReadOnlyList<string> Input(CameraOptions options) => CameraSource.Resolve(options, out _)!.InputArguments;
}
