using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Courts;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Ledger.Tests.Courts;

/// <summary>What courts send each other, read from bytes that anybody may have made.</summary>
public sealed class CourtMessageTests
{
    private static readonly byte[] s_note = [1, 2, 3];

    [Fact]
    public void Push_comes_back_as_it_was_sent() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.ListOf(Gen.Choose(1, 300)).ToArbitrary(), (size, lengths) =>
        {
            var push = new MirrorPush(size, s_note, [.. lengths.Select(l => (ReadOnlyMemory<byte>)new byte[l])]);
            return MirrorPush.TryDecode(push.Encode(), out var read) && read.OldSize == size
                && read.Entries.Select(e => e.Length).SequenceEqual(lengths) && read.Encode().AsSpan().SequenceEqual(push.Encode());
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261123, 1));

    [Fact]
    public void Heads_come_back_as_they_were_sent() => Prop.ForAll(
        Gen.Choose(0, 40).ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), (notes, evidence) =>
        {
            var known = new KnownHeads(Of(notes, 9), Of(evidence, 7));
            return KnownHeads.TryDecode(known.Encode(), out var read) && (read.Notes.Count, read.Evidence.Count) == (notes, evidence);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261123, 1));

    /// <summary>Whatever the bytes are, the answer is true or false; what is read encodes to the same bytes.</summary>
    [Fact]
    public void Mutated_messages_are_read_as_they_stand_or_refused()
    {
        byte[][] good = [new MirrorPush(7, s_note, [new byte[20], new byte[300]]).Encode(), new KnownHeads(Of(3, 40), Of(2, 80)).Encode()];
        Prop.ForAll(Gen.Choose(0, 1).ToArbitrary(), Gen.Choose(0, 399).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (which, place, value) =>
        {
            var bytes = (byte[])good[which].Clone();
            bytes[place % bytes.Length] = (byte)value;
            foreach (var cut in new[] { bytes, bytes[..(place % bytes.Length)] })
            {
                if ((MirrorPush.TryDecode(cut, out var push) && !push.Encode().AsSpan().SequenceEqual(cut))
                    || (KnownHeads.TryDecode(cut, out var heads) && !heads.Encode().AsSpan().SequenceEqual(cut)))
                {
                    return false;
                }
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(20261123, 1));
    }

    [Fact]
    public void Empty_message_is_none()
    {
        Assert.False(MirrorPush.TryDecode([], out _));
        Assert.False(KnownHeads.TryDecode([], out _));
    }

    [Fact]
    public void Empty_lists_are_messages()
    {
        Assert.True(MirrorPush.TryDecode(new MirrorPush(0, s_note, []).Encode(), out _));
        Assert.True(KnownHeads.TryDecode(new KnownHeads([], []).Encode(), out _));
    }

    [Theory]
    [InlineData(MirrorPush.EntriesMax, 1, true)]
    [InlineData(MirrorPush.EntriesMax + 1, 1, false)]
    [InlineData(1, 65_535, true)]
    [InlineData(1, 65_536, false)]
    [InlineData(1, 0, false)]
    [InlineData(64, 65_535, true)]
    [InlineData(65, 65_535, false)]
    public void Push_is_read_up_to_its_limits(int entries, int length, bool isRead) =>
        Assert.Equal(isRead, MirrorPush.TryDecode(new MirrorPush(0, s_note, Of(entries, length)).Encode(), out _));

    [Theory]
    [InlineData(KnownHeads.NotesMax, 0, true)]
    [InlineData(KnownHeads.NotesMax + 1, 0, false)]
    [InlineData(0, KnownHeads.EvidenceMax, true)]
    [InlineData(0, KnownHeads.EvidenceMax + 1, false)]
    public void Heads_are_read_up_to_their_limits(int notes, int evidence, bool isRead) =>
        Assert.Equal(isRead, KnownHeads.TryDecode(new KnownHeads(Of(notes, 3), Of(evidence, 3)).Encode(), out _));

    [Fact]
    public void Longest_push_is_within_its_length() =>
        Assert.InRange(new MirrorPush(long.MaxValue, new byte[SignedNote.LengthMax], Of(MirrorPush.EntriesMax, MirrorPush.EntryBytesMax / MirrorPush.EntriesMax)).Encode().Length, 1, MirrorPush.LengthMax);

    [Fact]
    public void Message_beyond_its_length_is_not_looked_at() =>
        Assert.False(KnownHeads.TryDecode(new KnownHeads([new byte[KnownHeads.LengthMax]], []).Encode(), out _));

    [Fact]
    public void Other_shapes_are_refused()
    {
        CborValue[] shapes =
        [
            CborValue.Integer(1), CborValue.Array(), CborValue.Text("push"), CborValue.Array(CborValue.Integer(-1), CborValue.Bytes(s_note), CborValue.Array()),
            CborValue.Array(CborValue.Text("1"), CborValue.Bytes(s_note), CborValue.Array()), CborValue.Array(CborValue.Integer(1), CborValue.Text("note"), CborValue.Array()),
            CborValue.Array(CborValue.Integer(1), CborValue.Bytes(s_note), CborValue.Bytes(s_note)),
            CborValue.Array(CborValue.Integer(1), CborValue.Bytes(s_note), CborValue.Array(CborValue.Integer(1))),
            CborValue.Array(CborValue.Array(CborValue.Integer(1)), CborValue.Array()), CborValue.Array(CborValue.Array()),
        ];
        Assert.All(shapes, s => Assert.False(MirrorPush.TryDecode(s.Encode(), out _) || KnownHeads.TryDecode(s.Encode(), out _)));
    }

    private static ReadOnlyMemory<byte>[] Of(int count, int length) => [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[length], count)];
}
