using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

public sealed class JpegReaderTests
{
    private static readonly Lazy<byte[]> Pictures = new(() => Ffmpeg.Run(
        ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=5:duration=2", "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-f", "mjpeg", "pipe:1"]));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void RealStreamInAnyPieces_GivesEveryPictureWhole(int piece)
    {
        JpegReader reader = new();
        List<JpegPicture> pictures = [];
        foreach (byte[] bytes in Pictures.Value.Chunk(piece)) pictures.AddRange(reader.Append(bytes));

        Assert.Equal(10, pictures.Count);
        Assert.All(pictures, p => Assert.Equal((320, 180), (p.Width, p.Height)));
        Assert.Equal(Pictures.Value, pictures.SelectMany(p => p.Bytes.ToArray()));
        Assert.Equal(1, Ffmpeg.CountFrames(pictures[^1].Bytes.ToArray()));
    }

    [Theory]
    [InlineData(0, 0x00, "begin with a marker")]
    [InlineData(1, 0xD9, "start of image")]
    [InlineData(2, 0x00, "segment is malformed")]
    [InlineData(3, 0xD9, "segment is malformed")]
    public void SpoiledByte_IsRefusedByRule(int at, int value, string rule)
    {
        byte[] picture = Pictures.Value[..2000];
        picture[at] = (byte)value;

        Assert.Contains(rule, Assert.Throws<MediaFormatException>(() => new JpegReader().Append(picture)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FFD8FFE00001", "segment length")]
    [InlineData("FFD8FFC0000508FFFF", "frame header")]
    [InlineData("FFD8FFC00008080000000001", "no size")]
    [InlineData("FFD8FFDA0002FFD9", "no frame header")]
    [InlineData("FFD8FFDA0002FFC4", "more than one scan")]
    public void MalformedPicture_IsRefusedByRule(string hex, string rule) =>
        Assert.Contains(rule, Assert.Throws<MediaFormatException>(() => new JpegReader().Append(Convert.FromHexString(hex))).Message, StringComparison.Ordinal);

    [Fact]
    public void EndlessPicture_IsRefusedAtTheLimit()
    {
        byte[] endless = [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, .. new byte[JpegReader.PictureBytesMax]];

        Assert.Contains("over the limit", Assert.Throws<MediaFormatException>(() => new JpegReader().Append(endless)).Message, StringComparison.Ordinal);
    }
}
