using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Statements;
using static Cinnabar.Evidence.Verification.PackRefusal;

namespace Cinnabar.Evidence.Verification;

/// <summary>Steps 16 to 19: the originals, who vouches for them, and that the index says no more than that.</summary>
internal sealed partial class PackExamination
{
    // 16. Every original, and of a clip every part, is data that some statement vouches for by its hash.
    public int CheckOriginals()
    {
        var vouched = _statements.SelectMany(s => Vouching.HashesOf(s.Statement)).ToHashSet();
        foreach (var (name, hashes) in _originals)
        {
            for (var i = 0; i < hashes.Parts.Count; i++)
            {
                Require(vouched.Contains(hashes.Parts[i]), PackVerdict.OriginalNotVouched, $"No statement vouches for part {i} of {name}, {hashes.Parts[i]}.");
            }
        }

        vouched.ExceptWith(_originals.Values.SelectMany(h => h.Parts));
        if (vouched.Count > 0)
        {
            Find(PackFindingCode.DataNotIncluded,
                $"记录所证明的数据中有 {vouched.Count} 份未收入本证据包。",
                $"{vouched.Count} pieces of data that statements vouch for are not in this pack.");
        }

        return _originals.Count;
    }

    // 17. A clip is one init segment and then fragments of that stream, in the order of their numbers, each once.
    public int CheckClips()
    {
        var clips = _manifest!.Files.Where(f => f.Parts is not null).ToArray();
        foreach (var clip in clips)
        {
            var parts = _originals[clip.Path.Text].Parts;
            var missing = _statements.Select(s => s.Statement).Where(s => Vouching.InitOf(s) == parts[0])
                .GroupBy(s => (s.Issuer, Stream: s.Body.IntegerOrNull("stream"))).Select(stream => MissingFragments([.. stream], parts)).FirstOrDefault(m => m >= 0, -1);
            Require(missing >= 0, PackVerdict.ClipReordered, $"The parts of {clip.Path.Text} are not init and fragments of one stream in order.");
            if (missing > 0)
            {
                Find(PackFindingCode.ClipGap,
                    $"视频 {clip.Path.Text} 中间缺少 {missing} 个片段。", $"{missing} fragments are missing between those of {clip.Path.Text}.");
            }
        }

        return clips.Length;
    }

    // 18. The manifest names as vouching for an original exactly the statements that do.
    public int CompareVouching()
    {
        var originals = _manifest!.Files.Where(f => f.Path.Kind == PackFileKind.Original).ToArray();
        var vouching = _statements.Select(s => (s.Statement.Hash, Data: Vouching.HashesOf(s.Statement))).Where(s => s.Data.Count > 0).ToArray();
        foreach (var listed in originals)
        {
            var parts = _originals[listed.Path.Text].Parts.ToHashSet();
            var by = vouching.Where(v => v.Data.Any(parts.Contains)).Select(v => v.Hash).Order();
            Require(by.SequenceEqual(listed.By!), PackVerdict.VouchingWrong, $"{listed.Path.Text} is not vouched for by the statements listed.");
        }

        return originals.Length;
    }

    // 19. Index and README are made again from the statements and compared byte by byte, so they can add nothing.
    public int CompareIndex()
    {
        var facts = new PackFacts(
            _court!, _checkpoint!.Size, _checkpoint.Root, _statements,
            [.. _manifest!.Files.Where(f => f.Path.Kind == PackFileKind.Original)]);
        Require(Read(PackPath.Index).AsSpan().SequenceEqual(PackIndexPage.Html(facts)), PackVerdict.IndexNotDerived, $"{PackPath.Index} is not what version 1 makes of the statements.");
        Require(Read(PackPath.Readme).AsSpan().SequenceEqual(PackIndexPage.Readme(facts)), PackVerdict.IndexNotDerived, $"{PackPath.Readme} is not what version 1 makes of the statements.");
        return 2;
    }

    /// <summary>Fragments left out between the parts of a clip, or −1 when the parts are not of this stream in order.</summary>
    private static long MissingFragments(Statement[] stream, IReadOnlyList<Digest> parts)
    {
        var places = stream
            .SelectMany(s => Vouching.FragmentsOf(s).Select((hash, i) => (hash, Number: Math.Clamp(s.Body.IntegerOrNull("first") ?? 0, 0, int.MaxValue) + i)))
            .ToLookup(f => f.hash, f => f.Number);
        var (last, missing) = (-1L, 0L);
        foreach (var part in parts.Skip(1))
        {
            var next = places[part].Where(n => n > last).DefaultIfEmpty(-1).Min();
            if (next < 0)
            {
                return -1;
            }

            missing += last < 0 ? 0 : next - last - 1;
            last = next;
        }

        return missing;
    }
}
