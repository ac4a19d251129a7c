using System.Text;
using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

public sealed class AvcConfigurationTests
{
    [Fact]
    public void X264Configuration_GivesSizeAndCodecAndStaysAsItIs()
    {
        byte[] record = Record(Recording.Flv);
        AvcConfiguration avc = AvcConfiguration.Parse(record);

        Assert.Equal((640, 360), (avc.Width, avc.Height));
        Assert.Equal($"avc1.{Convert.ToHexString(record, 1, 3)}", avc.Codec);
        Assert.False(avc.ReorderingRewritten);
        Assert.Equal(record, avc.Record.ToArray());
    }

    [Theory]
    [InlineData("642x362", "baseline")]
    [InlineData("1918x1078", "high")]
    public void CroppedPicture_GivesItsTrueSize(string size, string profile)
    {
        byte[] flv = Ffmpeg.Run(Recording.Encode("flv", size, 1, "-profile:v", profile));
        AvcConfiguration avc = AvcConfiguration.Parse(Record(flv));

        Assert.Equal(size, $"{avc.Width}x{avc.Height}");
    }

    [Fact]
    public void StreamWithoutVui_IsRewrittenAndAnIndependentReaderSeesIt()
    {
        AvcConfiguration avc = AvcConfiguration.Parse(WithSps(WithoutVui()));

        Assert.True(avc.ReorderingRewritten);
        Assert.Equal((640, 360), (avc.Width, avc.Height));
        string headers = Trace(avc);
        Assert.Matches(@"bitstream_restriction_flag\s+1 = 1", headers);
        Assert.Matches(@"max_num_reorder_frames\s+1 = 0", headers);
    }

    [Fact]
    public void StreamWithVuiButNoRestriction_KeepsTheRestAndIsRewritten()
    {
        // x264 writes colours, timing and the restriction; cutting the restriction leaves a VUI without one.
        byte[] flv = Ffmpeg.Run(Recording.Encode("flv", "640x360", 1, "-x264-params", "colorprim=bt709:videoformat=pal"));
        byte[] sps = Sps(Record(flv));
        AvcConfiguration avc = AvcConfiguration.Parse(WithSps(WithRestrictionCleared(sps), Record(flv)));

        Assert.True(avc.ReorderingRewritten);
        string headers = Trace(avc);
        Assert.Matches(@"colour_primaries\s+\d+ = 1", headers);
        Assert.Matches(@"time_scale\s+\d+ = 30", headers);
        Assert.Matches(@"max_num_reorder_frames\s+1 = 0", headers);
    }

    [Fact]
    public void RewrittenStream_StillDecodesFrameForFrame()
    {
        IReadOnlyList<FlvTag> tags = Recording.Tags();
        VideoStream stream = new(1, AvcConfiguration.Parse(WithSps(WithoutVui())), default);
        FragmentWriter writer = new(stream, Recording.FramesPerSecond);
        VideoFragment[] fragments = [.. tags.Skip(1).Take(30).Select(t => writer.Cut(t, default))];

        Assert.True(stream.ReorderingRewritten);
        Assert.Equal(30, Ffmpeg.CountFrames(new VideoClip(stream, fragments).ToArray()));
    }

    [Theory]
    [InlineData(0, 2, "version")]
    [InlineData(4, 0xFD, "4 bytes")]
    [InlineData(5, 0xE2, "exactly one")]
    [InlineData(6, 0x40, "sequence parameter set is cut short")]
    [InlineData(1, 77, "profile differs")]
    [InlineData(8, 0x68, "no sequence parameter set")]
    public void SpoiledRecord_IsRefusedByRule(int at, int value, string rule)
    {
        byte[] record = Record(Recording.Flv);
        record[at] = (byte)value;

        Assert.Contains(rule, Assert.Throws<MediaFormatException>(() => AvcConfiguration.Parse(record)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordCutAnywhere_IsRefused()
    {
        byte[] record = Record(Recording.Flv);
        for (int length = 0; length < record.Length; length++)
        {
            Assert.Throws<MediaFormatException>(() => AvcConfiguration.Parse(record.AsSpan(0, length)));
        }
    }

    [Fact]
    public void RecordWithTrailingBytes_IsRefused() =>
        Assert.Throws<MediaFormatException>(() => AvcConfiguration.Parse([.. Record(Recording.Flv), .. new byte[65]]));

    private static byte[] Record(byte[] flv) => Recording.Tags(flv)[0].Data.ToArray();

    private static byte[] Sps(byte[] record) => record[8..(8 + ((record[6] << 8) | record[7]))];

    private static byte[] WithSps(byte[] sps, byte[]? record = null)
    {
        record ??= Record(Recording.Flv);
        return [.. record[..6], (byte)(sps.Length >> 8), (byte)sps.Length, .. sps, .. record[(8 + Sps(record).Length)..]];
    }

    // The parts of x264's own set up to the VUI, rewritten bit for bit with vui_parameters_present_flag 0, as hardware encoders write it.
    private static byte[] WithoutVui()
    {
        byte[] sps = Sps(Record(Recording.Flv));
        BitReader bits = new(sps);
        bits.Skip(32);
        bits.Unsigned(); // id
        bits.Unsigned(); // log2_max_frame_num_minus4
        Assert.Equal(2u, bits.Unsigned()); // pic_order_cnt_type, so that nothing follows it
        bits.Unsigned(); // max_num_ref_frames
        bits.Skip(1);
        bits.Unsigned();
        bits.Unsigned();
        bits.Skip(2);
        if (bits.Flag())
        {
            for (int i = 0; i < 4; i++) bits.Unsigned();
        }
        return Copy(sps, bits.Position);
    }

    // x264's set ends with the restriction: two flags, ue(0) twice, two lengths of 7 bits each, ue(0), ue(1), and the stop bit.
    private static byte[] WithRestrictionCleared(byte[] sps)
    {
        const int RestrictionBits = 2 + 2 + 14 + 1 + 3;
        byte[] payload = Unescape(sps);
        int stopAt = (payload.Length * 8) - 1 - System.Numerics.BitOperations.TrailingZeroCount(payload[^1]);
        return Copy(payload, stopAt - RestrictionBits);
    }

    private static byte[] Unescape(byte[] nal)
    {
        List<byte> bytes = [];
        for (int i = 0; i < nal.Length; i++)
        {
            if (nal[i] == 3 && i >= 2 && nal[i - 1] == 0 && nal[i - 2] == 0) continue;
            bytes.Add(nal[i]);
        }
        return [.. bytes];
    }

    private static byte[] Copy(byte[] payload, int bits)
    {
        BitWriter writer = new();
        for (int i = 0; i < bits; i++) writer.Bit(((payload[i / 8] >> (7 - (i % 8))) & 1) == 1);
        writer.Bit(false);
        return writer.Finish();
    }

    private static string Trace(AvcConfiguration avc)
    {
        byte[] record = avc.Record.ToArray();
        byte[] sps = Sps(record);
        byte[] pps = record[(8 + sps.Length + 3)..];
        FlvTag key = Recording.Tags()[1];
        byte[] annexB = [0, 0, 0, 1, .. sps, 0, 0, 0, 1, .. pps, .. AnnexB(key.Data.Span)];
        return Encoding.UTF8.GetString(Ffmpeg.Run(
            "ffmpeg", ["-v", "trace", "-f", "h264", "-i", "pipe:0", "-c", "copy", "-bsf:v", "trace_headers", "-f", "null", "-"], annexB, keepErrors: true));
    }

    private static byte[] AnnexB(ReadOnlySpan<byte> nals)
    {
        List<byte> bytes = [];
        for (int at = 0; at < nals.Length;)
        {
            int length = (nals[at] << 24) | (nals[at + 1] << 16) | (nals[at + 2] << 8) | nals[at + 3];
            bytes.AddRange([0, 0, 0, 1]);
            bytes.AddRange(nals.Slice(at + 4, length));
            at += 4 + length;
        }
        return [.. bytes];
    }
}
