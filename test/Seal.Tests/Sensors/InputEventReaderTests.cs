using System.Buffers.Binary;
using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Sensors;

namespace Cinnabar.Seal.Tests.Sensors;

public sealed class InputEventReaderTests
{
    private static readonly DateTimeOffset Edge = new(2026, 3, 2, 9, 0, 0, 123, 456, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0x2c0, 1, nameof(SealInput.Strip), true)]
    [InlineData(1, 0x2c0, 0, nameof(SealInput.Strip), false)]
    [InlineData(1, 0x2c1, 1, nameof(SealInput.Door), true)]
    [InlineData(1, 0x2c2, 1, nameof(SealInput.Wall), true)]
    [InlineData(5, 0x10, 0, nameof(SealInput.Cover), true)]
    [InlineData(5, 0x10, 1, nameof(SealInput.Cover), false)]
    [InlineData(5, 0x0b, 1, nameof(SealInput.Approach), true)]
    [InlineData(5, 0x0b, 0, nameof(SealInput.Approach), false)]
    public void Event_BecomesTheMappedContactWithTheKernelsTime(int type, int code, int value, string input, bool active)
    {
        using var node = new StandIn().WithPipe();
        using var reader = Started(node);
        node.Feed(Event(type, code, value));

        var contact = node.Next<Reading.Contact>();
        Assert.Equal((Enum.Parse<SealInput>(input), active), (contact.Input, contact.Active));
        Assert.Equal(Edge, contact.At.Edge);
    }

    [Fact]
    public void EventInPieces_IsReadWhole()
    {
        using var node = new StandIn().WithPipe();
        using var reader = Started(node);
        var bytes = Event(1, 0x2c0, 1);
        node.Feed(bytes[..10]);
        node.Feed(bytes[10..]);

        Assert.Equal(SealInput.Strip, node.Next<Reading.Contact>().Input);
    }

    [Fact]
    public void EventAndAHalf_AreReadAsTwo()
    {
        using var node = new StandIn().WithPipe();
        using var reader = Started(node);
        byte[] bytes = [.. Event(1, 0x2c0, 1), .. Event(1, 0x2c1, 1)];
        node.Feed(bytes[..34]);
        node.Next<Reading.Contact>();
        node.Feed(bytes[34..]);

        Assert.Equal(SealInput.Door, node.Next<Reading.Contact>().Input);
    }

    [Fact]
    public void ManyEventsAtOnce_ComeInOrder()
    {
        using var node = new StandIn().WithPipe();
        using var reader = Started(node);
        node.Feed([.. Enumerable.Range(0, 500).SelectMany(index => Event(1, 0x2c0, index % 2))]);

        for (var index = 0; index < 500; index++)
        {
            Assert.Equal(index % 2 == 1, node.Next<Reading.Contact>().Active);
        }
    }

    [Fact]
    public void UnknownTypesCodesAndRepeats_AreIgnored()
    {
        using var node = new StandIn().WithPipe();
        using var reader = Started(node);
        node.Feed([.. Event(4, 4, 7), .. Event(0, 0, 0), .. Event(1, 30, 1), .. Event(999, 0x2c0, 1), .. Event(1, 0x2c0, 2), .. Event(1, 0x2c1, 1)]);

        Assert.Equal(SealInput.Door, node.Next<Reading.Contact>().Input);
        Assert.True(node.IsDrained);
    }

    [Fact]
    public void DroppedEvents_AreToldAndReadingGoesOn()
    {
        using var node = new StandIn().WithPipe();
        using var reader = Started(node);
        node.Feed([.. Event(0, 3, 0), .. Event(1, 0x2c0, 1)]);

        Assert.Equal("the kernel dropped events", node.Next<Reading.Fault>().Reason);
        node.Next<Reading.Recovered>();
        node.Next<Reading.Contact>();
    }

    [Fact]
    public void TornRecord_IsAFaultUntilTheNextWholeOne()
    {
        using var node = new StandIn().WithPipe();
        using var reader = Started(node);
        node.Feed(1, 2, 3);
        Assert.Equal("sent 3 bytes of a record of 24", node.Next<Reading.Fault>().Reason);
        node.Feed(Event(1, 0x2c0, 1));

        node.Next<Reading.Recovered>();
        node.Next<Reading.Contact>();
    }

    [Fact]
    public void MissingNode_IsOneFaultAndIsFoundWhenItComes()
    {
        using var node = new StandIn();
        using var reader = Started(node);
        Assert.StartsWith("cannot be opened", node.Next<Reading.Fault>().Reason);
        node.WithPipe();
        node.Next<Reading.Recovered>();
        node.Feed(Event(1, 0x2c0, 1));

        node.Next<Reading.Contact>();
    }

    [Fact]
    public void VanishedNode_IsAFaultAndIsReadAgainWhenItIsBack()
    {
        using var node = new StandIn().WithPipe();
        using var reader = Started(node);
        node.Feed(Event(1, 0x2c0, 1));
        node.Next<Reading.Contact>();
        File.Delete(node.Node);
        Assert.Equal("vanished", node.Next<Reading.Fault>().Reason);
        node.WithPipe();
        node.Next<Reading.Recovered>();
        node.Feed(Event(1, 0x2c0, 0));

        Assert.False(node.Next<Reading.Contact>().Active);
    }

    [Fact]
    public void PlainFile_IsRefusedInsteadOfReplayed()
    {
        using var node = new StandIn();
        File.WriteAllBytes(node.Node, Event(1, 0x2c0, 1));
        using var reader = Started(node);

        Assert.Equal("is neither a device nor a named pipe", node.Next<Reading.Fault>().Reason);
    }

    [Fact]
    public void TimeOfZero_IsReplacedByTheReceipt()
    {
        using var node = new StandIn().WithPipe();
        using var reader = Started(node);
        node.Feed([.. new byte[16], .. Event(1, 0x2c0, 1)[16..]]);

        var contact = node.Next<Reading.Contact>();
        Assert.True((contact.At.Wall - contact.At.Edge).Duration() < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void EveryWrongOption_IsReportedTogether()
    {
        var options = new InputEventOptions
        {
            Path = "",
            Mappings = [new(SealInput.Strip, 2, 1, 1), new(SealInput.Door, 2, 1, 1)],
        };

        Assert.Equal(4, options.Errors().Length);
    }

    internal static byte[] Event(int type, int code, int value, DateTimeOffset? edge = null)
    {
        var bytes = new byte[InputEventReader.RecordSize];
        var sinceEpoch = (edge ?? Edge) - DateTimeOffset.UnixEpoch;
        BinaryPrimitives.WriteInt64LittleEndian(bytes, sinceEpoch.Ticks / TimeSpan.TicksPerSecond);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), sinceEpoch.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(16), (ushort)type);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(18), (ushort)code);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), value);
        return bytes;
    }

    private static InputEventReader Started(StandIn node)
    {
        var reader = new InputEventReader(new InputEventOptions { Path = node.Node }, TimeProvider.System, node.Emit);
        reader.Start();
        return reader;
    }
}
