using System.Buffers.Binary;
using System.Diagnostics;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Tests.Hosting;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Tests.Media;

/// <summary>Three seconds of real H.264 from ffmpeg, one fragment a frame, a key frame each second.</summary>
internal sealed class Clip
{
    private const int FramesPerSecond = 15;
    private const int Seconds = 3;

    private static readonly Lazy<Clip> s_shared = new(Encode);

    private Clip(byte[] init, IReadOnlyList<byte[]> frames) => (Init, Frames) = (init, frames);

    public static Clip Shared => s_shared.Value;

    public byte[] Init { get; }

    public IReadOnlyList<byte[]> Frames { get; }

    public static StreamMessage Stream(long number = 1) => new(number, "avc1.42C00C", 320, 180);

    /// <summary>The initialisation segment as it goes over the lane.</summary>
    public FragmentMessage InitMessage(FragmentMarks marks = FragmentMarks.Recorded, long stream = 1, long firstMs = 1_000) =>
        new(stream, 1, FragmentMarks.Init | marks, firstMs, Init);

    /// <summary>A frame as it goes over the lane; frames count from 1.</summary>
    public FragmentMessage Frame(int number, FragmentMarks marks = FragmentMarks.Recorded, long stream = 1, byte[]? data = null, long firstMs = 1_000) => new(
        stream, number, marks | (IsSync(number) ? FragmentMarks.Sync : FragmentMarks.None),
        firstMs + (number * 1000L / FramesPerSecond), data ?? Frames[number - 1]);

    public static bool IsSync(int number) => (number - 1) % FramesPerSecond == 0;

    /// <summary>The body of the manifest over some frames.</summary>
    public CborValue Manifest(int first, int count, long stream = 1) => CborValue.Map(
        ("stream", CborValue.Integer(stream)), ("init", CborValue.Bytes(Digest.Of(Init))), ("first", CborValue.Integer(first)),
        ("fragments", CborValue.Array([.. Frames.Skip(first - 1).Take(count).Select(f => CborValue.Bytes(Digest.Of(f)))])),
        ("from", CborValue.Integer(1_000)), ("until", CborValue.Integer(4_000)), ("codec", CborValue.Text("avc1.42C00C")));

    /// <summary>Sends stream, beginning and all frames as recorded ones, and waits until the station has them on disk.</summary>
    public async Task SendAsync(TestLane lane, long stream = 1, Func<int, byte[]>? data = null, long firstMs = 1_000)
    {
        await lane.SendAsync(Stream(stream));
        await lane.SendAsync(InitMessage(stream: stream, firstMs: firstMs));
        for (var number = 1; number <= Frames.Count; number++)
        {
            await lane.SendAsync(Frame(number, stream: stream, data: data?.Invoke(number), firstMs: firstMs));
        }

        // Whatever came before a heartbeat is on disk before its echo.
        await lane.SendAsync(new HeartbeatMessage(99, 0, CborValue.EmptyMap));
        while (await lane.ReceiveAsync() is not BeatMessage)
        {
        }
    }

    /// <summary>Decodes a file with ffprobe, and counts its frames; fails on any complaint.</summary>
    public static int CountFrames(byte[] video)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, video);
            var counted = Run("ffprobe", ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path]);
            return int.Parse(System.Text.Encoding.ASCII.GetString(counted).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Clip Encode()
    {
        var bytes = Run("ffmpeg", [
            "-v", "error", "-nostdin", "-f", "lavfi", "-i", $"testsrc=size=320x180:rate={FramesPerSecond}:duration={Seconds}",
            "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-bf", "0", "-profile:v", "baseline", "-pix_fmt", "yuv420p",
            "-g", $"{FramesPerSecond}", "-keyint_min", $"{FramesPerSecond}", "-sc_threshold", "0",
            "-f", "mp4", "-movflags", "+empty_moov+default_base_moof+frag_every_frame+skip_trailer", "pipe:1"]);
        var init = new List<byte>();
        var frames = new List<byte[]>();
        for (var position = 0; position < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(position));
            var box = bytes.AsSpan(position, length);
            if (box[4..8].SequenceEqual("moof"u8))
            {
                frames.Add(box.ToArray());
            }
            else if (box[4..8].SequenceEqual("mdat"u8))
            {
                frames[^1] = [.. frames[^1], .. box];
            }
            else
            {
                init.AddRange(box);
            }

            position += length;
        }

        Assert.Equal(FramesPerSecond * Seconds, frames.Count);
        return new Clip([.. init], frames);
    }

    private static byte[] Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.Equal("", errors.Result);
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }
}
