using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

public sealed class FlvReaderTests
{
    private const int Header = 13;

    [Fact]
    public void RealStream_GivesConfigurationThenEveryFrame()
    {
        IReadOnlyList<FlvTag> tags = Recording.Tags();

        Assert.Equal(FlvTagKind.Configuration, tags[0].Kind);
        Assert.Equal(Recording.Frames, tags.Count(t => t.Kind == FlvTagKind.Frame));
        Assert.Equal(25, tags.Count(t => t is { Kind: FlvTagKind.Frame, IsKey: true }));
        Assert.True(tags[1].IsKey);
    }

    [Fact]
    public void StreamByteByByte_GivesTheSameTags()
    {
        byte[] flv = Recording.Flv[..60_000];
        FlvReader reader = new();
        List<FlvTag> tags = [];
        foreach (byte b in flv)
        {
            reader.Append([b]);
            if (reader.Read() is { } tag) tags.Add(tag);
        }

        IReadOnlyList<FlvTag> whole = Recording.Tags(flv);
        Assert.Equal(whole.Count, tags.Count);
        Assert.All(whole.Zip(tags), pair => Assert.True(pair.First.Data.Span.SequenceEqual(pair.Second.Data.Span)));
    }

    [Fact]
    public void TruncatedStream_WaitsForMore()
    {
        FlvReader reader = new();
        reader.Append(Recording.Flv.AsSpan(0, Header + 5));

        Assert.Null(reader.Read());
    }

    [Fact]
    public void TimeAcrossTheWrap_IsAccepted()
    {
        byte[] flv = Build(Configuration(uint.MaxValue - 10), Frame(uint.MaxValue - 5), Frame(60));

        Assert.Equal(60u, Recording.Tags(flv)[2].TimestampMs);
    }

    [Theory]
    [InlineData(0, 'G', "signature")]
    [InlineData(3, 2, "version")]
    [InlineData(4, 5, "video alone")]
    [InlineData(8, 10, "header is not 9")]
    [InlineData(12, 1, "previous-tag size")]
    [InlineData(Header, 8, "neither video nor metadata")]
    [InlineData(Header, 0x29, "neither video nor metadata")]
    [InlineData(Header + 1, 0x7F, "over the limit")]
    [InlineData(Header + 10, 1, "stream id")]
    [InlineData(Header + 11, 0x12, "codec")]
    [InlineData(Header + 11, 0x57, "frame type")]
    [InlineData(Header + 11, 0x27, "not marked as key")]
    [InlineData(Header + 12, 1, "before the configuration")]
    [InlineData(Header + 12, 7, "packet type")]
    public void SpoiledByte_IsRefusedByRule(int at, int value, string rule)
    {
        byte[] flv = Build(Configuration(0), Frame(10));
        flv[at] = (byte)value;

        MediaFormatException refused = Assert.Throws<MediaFormatException>(() => Recording.Tags(flv));
        Assert.Contains(rule, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SizeBehindTheTagDiffers_IsRefused()
    {
        byte[] flv = Build(Configuration(0), Frame(10));
        flv[^1]++;

        Refused("before and behind", flv);
    }

    [Fact]
    public void SecondConfiguration_IsRefused() => Refused("second time", Build(Configuration(0), Configuration(0)));

    [Fact]
    public void TimeBackwards_IsRefused() => Refused("backwards", Build(Configuration(0), Frame(10), Frame(9)));

    [Fact]
    public void VideoTagWithoutHeader_IsRefused() => Refused("shorter than its header", Build(Tag(0, [0x17, 0])));

    [Fact]
    public void UnitLengthPastTheFrame_IsRefused() => Refused("does not fit", Build(Configuration(0), Tag(1, [0x17, 1, 0, 0, 0, 0, 0, 0, 9, 0x65, 1])));

    [Fact]
    public void UnitOfNoLength_IsRefused() => Refused("does not fit", Build(Configuration(0), Tag(1, [0x17, 1, 0, 0, 0, 0, 0, 0, 0, 0x65])));

    [Fact]
    public void UnitCutShort_IsRefused() => Refused("cut short", Build(Configuration(0), Tag(1, [0x17, 1, 0, 0, 0, 0, 0, 0, 1])));

    [Fact]
    public void FrameWithoutPicture_IsRefused() => Refused("no picture", Build(Configuration(0), Tag(1, [0x17, 1, 0, 0, 0, 0, 0, 0, 1, 0x06])));

    [Fact]
    public void KeyMarkOnAnInterPicture_IsRefused() => Refused("differ", Build(Configuration(0), Tag(1, [0x17, 1, 0, 0, 0, 0, 0, 0, 1, 0x61])));

    private static void Refused(string rule, byte[] flv) =>
        Assert.Contains(rule, Assert.Throws<MediaFormatException>(() => Recording.Tags(flv)).Message, StringComparison.Ordinal);

    private static byte[] Build(params byte[][] tags) => [.. "FLV"u8, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0, .. tags.SelectMany(t => t)];

    private static byte[] Configuration(uint ms) => Tag(ms, [0x17, 0, 0, 0, 0, 1, 2, 3]);

    private static byte[] Frame(uint ms) => Tag(ms, [0x17, 1, 0, 0, 0, 0, 0, 0, 2, 0x65, 1]);

    private static byte[] Tag(uint ms, byte[] body) =>
    [
        9, 0, 0, (byte)body.Length, (byte)(ms >> 16 & 0xFF), (byte)(ms >> 8 & 0xFF), (byte)(ms & 0xFF), (byte)(ms >> 24), 0, 0, 0,
        .. body, 0, 0, 0, (byte)(11 + body.Length),
    ];
}
