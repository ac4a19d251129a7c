using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Packs;

public sealed class PackReaderTests
{
    private static readonly byte[] s_pack = new SampleCase().Pack();

    [Fact]
    public void More_files_than_the_limit_are_refused() => Assert.Equal(
        PackVerdict.LimitExceeded, Open(s_pack, new PackLimits { FilesMax = 29 }));

    [Fact]
    public void Longer_pack_than_the_limit_is_refused_before_it_is_read() => Assert.Equal(
        PackVerdict.LimitExceeded, Open(s_pack, new PackLimits { LengthMax = s_pack.Length - 1 }));

    [Fact]
    public void Longer_document_than_the_limit_is_refused() => Assert.Equal(
        PackVerdict.LimitExceeded, Open(s_pack, new PackLimits { DocumentLengthMax = 1000 }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(21)]
    [InlineData(22)]
    public void Too_short_for_a_pack_is_not_canonical_and_never_throws(int length) =>
        Assert.Equal(PackVerdict.NotCanonical, Open(s_pack[..length]));

    [Fact]
    public void Cut_short_anywhere_a_pack_is_not_canonical()
    {
        for (var length = 0; length < s_pack.Length; length += 13)
        {
            Assert.Equal(PackVerdict.NotCanonical, Open(s_pack[..length]));
        }
    }

    /// <summary>The end record alone, claiming 65,535 files in a directory of 4 GiB.</summary>
    [Fact]
    public void Directory_that_is_announced_huge_is_refused_before_anything_is_allocated()
    {
        var end = s_pack[^22..];
        end.AsSpan(8, 12).Fill(0xff);
        Assert.Equal(PackVerdict.NotCanonical, Open(end));
    }

    [Theory]
    [InlineData("README.txt", true)]
    [InlineData("readme.txt", false)]
    [InlineData("../README.txt", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("originals/..", false)]
    [InlineData("statements/00.cose", false)]
    [InlineData("", false)]
    public void Only_names_of_the_format_are_names(string text, bool known) => Assert.Equal(known, PackPath.TryParse(text, out _));

    [Fact]
    public void Hash_in_a_name_is_lower_case()
    {
        var name = PackPath.Original(Digest.Of("x"u8), "jpg");
        Assert.True(PackPath.TryParse(name, out var path));
        Assert.Equal((PackFileKind.Original, Digest.Of("x"u8)), (path.Kind, path.Hash));
        Assert.False(PackPath.TryParse(name.ToUpperInvariant().Replace("ORIGINALS", "originals", StringComparison.Ordinal).Replace("JPG", "jpg", StringComparison.Ordinal), out _));
        Assert.False(PackPath.TryParse(PackPath.Original(Digest.Of("x"u8), "html"), out _));
    }

    private static PackVerdict Open(byte[] bytes, PackLimits? limits = null)
    {
        var verdict = PackReader.TryOpen(new MemoryStream(bytes), limits ?? PackLimits.Default, out var reader, out var detail);
        Assert.Equal(verdict == PackVerdict.Valid, reader is not null && detail.Length == 0);
        return verdict;
    }
}
