using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.Camera;

public sealed class GopDigestTests
{
    private readonly IReadOnlyList<VideoFragment> _source = Recording.Fragments();

    [Fact]
    public void RealStream_GivesOneManifestPerGopCoveringEveryFragment()
    {
        GopDigest digest = new();
        List<GopManifest> manifests = [.. _source.Select(digest.Add).OfType<GopManifest>()];
        manifests.Add(digest.Flush()!);

        Assert.Equal(25, manifests.Count);
        Assert.Equal(_source.Select(f => Convert.ToHexString(f.Sha256.Span)), manifests.SelectMany(m => m.FragmentSha256).Select(h => Convert.ToHexString(h.Span)));
        GopManifest second = manifests[1];
        Assert.Equal((1u, 16u, 15), (second.StreamId, second.FirstIndex, second.FragmentSha256.Count));
        Assert.Equal((_source[15].Captured, _source[29].Captured), (second.First, second.Last));
        Assert.True(second.InitSha256.Span.SequenceEqual(_source[0].Stream.Init.Sha256.Span));
    }

    [Fact]
    public void NewStream_EndsTheGop()
    {
        GopDigest digest = new();
        digest.Add(_source[0]);

        Assert.Equal(1u, digest.Add(Recording.Fragments(2)[0])!.StreamId);
        Assert.Equal(2u, digest.Flush()!.StreamId);
    }

    [Fact]
    public void GopWithoutEnd_IsReportedInPieces()
    {
        GopDigest digest = new();
        digest.Add(_source[0]);
        List<GopManifest> manifests = [];
        for (uint i = 2; i <= 241; i++)
        {
            if (digest.Add(_source[1] with { Index = i }) is { } manifest) manifests.Add(manifest);
        }

        Assert.Equal([1u, 121u], manifests.Select(m => m.FirstIndex));
    }

    [Fact]
    public void NothingCollected_GivesNoManifest() => Assert.Null(new GopDigest().Flush());
}
