using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger.Tests.Tiles;

public sealed class EntryBundleTests
{
    private static readonly byte[] s_bundle = EntryBundle.Encode([[1], [2, 2], []]);

    [Fact]
    public void Entries_stand_behind_their_length()
    {
        Assert.Equal([0, 1, 1, 0, 2, 2, 2, 0, 0], s_bundle);
        Assert.True(EntryBundle.TryDecode(s_bundle, 3, out var entries));
        Assert.Equal([2, 2], entries[1].ToArray());
    }

    [Fact]
    public void Torn_or_trailing_bytes_or_another_count_are_refused()
    {
        for (var length = 0; length < s_bundle.Length; length++)
        {
            Assert.False(EntryBundle.TryDecode(s_bundle.AsMemory(..length), 3, out _));
        }
        Assert.False(EntryBundle.TryDecode(s_bundle, 2, out _));
        Assert.False(EntryBundle.TryDecode(s_bundle, 4, out _));
    }

    [Fact]
    public void Too_many_or_too_long_entries_cannot_be_bundled()
    {
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([.. Enumerable.Repeat(new byte[1], 257)]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([new byte[65_536]]));
    }
}
