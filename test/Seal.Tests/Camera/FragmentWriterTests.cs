using System.Buffers.Binary;
using System.Security.Cryptography;
using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

public sealed class FragmentWriterTests
{
    [Fact]
    public void RealStream_DecodesWithoutErrorFrameForFrame()
    {
        IReadOnlyList<VideoFragment> fragments = Recording.Fragments();

        Assert.Equal(Recording.Frames, Ffmpeg.CountFrames(new VideoClip(fragments[0].Stream, fragments).ToArray()));
    }

    [Fact]
    public void Fragment_HasTheGoldenLayout()
    {
        VideoFragment first = Recording.Fragments()[0];
        uint size = (uint)first.Bytes.Length;

        string golden = "00000064" + "6D6F6F66"
            + "00000010" + "6D666864" + "00000000" + "00000001"
            + "0000004C" + "74726166"
            + "0000001C" + "74666864" + "00020038" + "00000001" + "00001770" + (size - 108).ToString("X8") + "02000000"
            + "00000014" + "74666474" + "01000000" + "0000000000000000"
            + "00000014" + "7472756E" + "00000001" + "00000001" + "0000006C"
            + (size - 100).ToString("X8") + "6D646174";
        Assert.Equal(golden, Convert.ToHexString(first.Bytes.Span[..108]));
    }

    [Fact]
    public void Frames_AreMarkedSyncAndTimedOnEndOfEachOther()
    {
        IReadOnlyList<VideoFragment> fragments = Recording.Fragments();
        ulong expected = 0;
        for (int i = 0; i < fragments.Count; i++)
        {
            ReadOnlySpan<byte> moof = fragments[i].Bytes.Span;
            Assert.Equal((uint)i + 1, fragments[i].Index);
            Assert.Equal(fragments[i].IsSync ? 0x02000000u : 0x01010000u, BinaryPrimitives.ReadUInt32BigEndian(moof[56..]));
            Assert.Equal(expected, BinaryPrimitives.ReadUInt64BigEndian(moof[72..]));
            expected += Duration(fragments[i]);
        }
        // The timeline ends where the newest frame's own time says, one nominal frame after it.
        Assert.Equal((ulong)((Recording.Tags()[^1].TimestampMs * 90) + 6000), expected);
    }

    [Fact]
    public void FragmentHash_IsOfItsBytes() =>
        Assert.All(Recording.Fragments(), f => Assert.True(f.Sha256.Span.SequenceEqual(SHA256.HashData(f.Bytes.Span))));

    [Fact]
    public void TwoFramesInOneMillisecond_GiveTheSecondOneTick()
    {
        (FragmentWriter writer, FlvTag key) = Start();
        writer.Cut(key, default);

        Assert.Equal(1u, Duration(writer.Cut(key, default)));
    }

    [Fact]
    public void LateFrame_GetsItsRealDuration()
    {
        (FragmentWriter writer, FlvTag key) = Start();
        writer.Cut(key, default);

        Assert.Equal(200u * 90, Duration(writer.Cut(key with { TimestampMs = key.TimestampMs + 200 }, default)));
    }

    [Fact]
    public void StreamWithoutKeyframeFirst_IsRefused()
    {
        (FragmentWriter writer, FlvTag key) = Start();

        Assert.Throws<MediaFormatException>(() => writer.Cut(key with { IsKey = false }, default));
    }

    [Fact]
    public void ReorderedFrame_IsRefused()
    {
        (FragmentWriter writer, FlvTag key) = Start();

        Assert.Throws<MediaFormatException>(() => writer.Cut(key with { CompositionMs = 67 }, default));
    }

    [Fact]
    public void TimeThatJumps_IsRefused()
    {
        (FragmentWriter writer, FlvTag key) = Start();
        writer.Cut(key, default);

        Assert.Throws<MediaFormatException>(() => writer.Cut(key with { TimestampMs = key.TimestampMs + 60_001 }, default));
    }

    [Fact]
    public void Init_HasUnknownDurationAndNoMovieExtendsHeader()
    {
        byte[] init = Recording.Fragments()[0].Stream.Init.Bytes.ToArray();

        Assert.Equal("iso5", System.Text.Encoding.ASCII.GetString(init, 8, 4));
        int mvhd = init.AsSpan().IndexOf("mvhd"u8);
        Assert.Equal(0u, BinaryPrimitives.ReadUInt32BigEndian(init.AsSpan(mvhd + 4 + 16)));
        Assert.Equal(-1, init.AsSpan().IndexOf("mehd"u8));
        Assert.Equal(-1, init.AsSpan().IndexOf("edts"u8));
    }

    private static uint Duration(VideoFragment fragment) => BinaryPrimitives.ReadUInt32BigEndian(fragment.Bytes.Span[48..]);

    private static (FragmentWriter Writer, FlvTag Key) Start()
    {
        IReadOnlyList<FlvTag> tags = Recording.Tags();
        VideoStream stream = new(1, AvcConfiguration.Parse(tags[0].Data.Span), default);
        return (new(stream, Recording.FramesPerSecond), tags[1]);
    }
}
