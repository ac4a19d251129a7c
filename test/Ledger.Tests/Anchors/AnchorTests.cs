using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Anchors;

public sealed class AnchorTests
{
    private static readonly Checkpoint s_checkpoint =
        Checkpoint.TryParse("court.example/log/1\n1234\nPAb5plclr2BSYfY2ZyyWINQJcx2JpFHXRV/pxK4WeCk=\n", out var checkpoint) ? checkpoint : throw new InvalidOperationException();

    [Fact]
    public void ExampleOfTheFormat_IsWhatThePageSays()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/formats/anchor.md"));
        var start = AnchorBlock.StartOf("engine one");
        var anchor = Anchor.Of(s_checkpoint);
        Assert.Contains($"hash(0) = `{start}`", page);
        Assert.Contains($"`{Convert.ToHexStringLower(anchor.Encode())}`", page);
        Assert.Contains($"hash(1) = `{AnchorBlock.HashOf(start, anchor)}`", page);
    }

    [Fact]
    public void Record_ComesBackAsItWas()
    {
        var anchor = Anchor.Of(s_checkpoint);
        Assert.True(Anchor.TryDecode(anchor.Encode(), out var again));
        Assert.Equal(anchor, again);
    }

    [Theory]
    [InlineData(71, 1)]
    [InlineData(73, 1)]
    [InlineData(72, 0)]
    [InlineData(72, (1L << 62) + 1)]
    [InlineData(72, -1)]
    public void AnythingElse_IsNoAnchor(int length, long size)
    {
        var record = new byte[length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(record.AsSpan(32), size);
        Assert.False(Anchor.TryDecode(record, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData((1L << 62) + 1)]
    public void SizeOutOfRange_IsNotWritten(long size) =>
        Assert.Throws<InvalidOperationException>(() => new Anchor(default, size, default).Encode());
}
