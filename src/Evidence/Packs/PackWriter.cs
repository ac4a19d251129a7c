using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Evidence.Packs;

/// <summary>Writes evidence packs. The same content gives the same bytes, whenever and wherever it is written.</summary>
/// <remarks>
/// Checks that what it is given belongs together; whether every signature and receipt holds is
/// <see cref="PackVerifier"/>'s to say, which whoever hands out a pack runs over it first. Stateless. Source: docs/formats/pack.md.
/// </remarks>
public static class PackWriter
{
    /// <summary>Writes one pack.</summary>
    /// <param name="content">What goes in.</param>
    /// <param name="output">Written from where it stands; not closed.</param>
    /// <exception cref="ArgumentException">An original that no statement vouches for, a receipt of another tree, a statement given twice, or more than <see cref="PackLimits"/> allow.</exception>
    public static void Write(PackContent content, Stream output)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(output);
        using var logKey = new VerificationKey(content.Court.LogKey);
        var verdict = CheckpointVerifier.Verify(
            content.Checkpoint.Span, content.Court.Origin, [new NoteKey(content.Court.Origin, logKey)], out var checkpoint);
        Require(verdict == CheckpointVerdict.Valid, $"The checkpoint: {verdict}.");

        var statements = InLogOrder(content, checkpoint!);
        var originals = content.Originals.Select(o => Describe(o, content.Statements)).OrderBy(o => o.Listed.Path.Text, StringComparer.Ordinal).ToArray();
        Require(originals.DistinctBy(o => o.Listed.Hash).Count() == originals.Length, "An original is given twice.");
        var facts = new PackFacts(
            content.Court, checkpoint!.Size, checkpoint.Root,
            [.. statements.Select(s => (s.Statement, s.Receipt.Proof.LeafIndex))], [.. originals.Select(o => o.Listed)]);
        List<Source> sources =
        [
            Source.Of(PackPath.Readme, PackIndexPage.Readme(facts)),
            Source.Of(PackPath.Index, PackIndexPage.Html(facts)),
            Source.Of(PackPath.Roster, CourtRoster.Of(content.Court).Encode()),
            Source.Of(PackPath.Checkpoint, content.Checkpoint.ToArray()),
            .. content.Governance is { } governance ? [Source.Of(PackPath.Governance, governance.Encode())] : Array.Empty<Source>(),
            .. content.Anchor is { } anchor ? [Source.Of(PackPath.Anchor, anchor.Encode())] : Array.Empty<Source>(),
            .. statements.Select(s => Source.Of(PackPath.Statement(s.Statement.Hash), s.Statement.Bytes.ToArray())),
            .. statements.Select(s => Source.Of(PackPath.Receipt(s.Statement.Hash), s.Receipt.Bytes.ToArray())),
            .. originals,
        ];
        sources.Sort((a, b) => string.CompareOrdinal(a.Listed.Path.Text, b.Listed.Path.Text));
        var manifest = PackManifest.Of(
            content.Court.Origin, [.. sources.Select(s => s.Listed)],
            [.. statements.Select(s => new PackManifestStatement(s.Statement.Hash, s.Receipt.Proof.LeafIndex))]);
        sources.Add(Source.Of(PackPath.Manifest, manifest.Encode()));
        sources.Sort((a, b) => string.CompareOrdinal(a.Listed.Path.Text, b.Listed.Path.Text));
        WriteZip(sources, output);
    }

    private static PackStatement[] InLogOrder(PackContent content, Checkpoint checkpoint)
    {
        var sorted = content.Statements.OrderBy(s => s.Receipt.Proof.LeafIndex).ToArray();
        Require(sorted.DistinctBy(s => s.Statement.Hash).Count() == sorted.Length, "A statement is given twice.");
        Require(sorted.All(s => s.Receipt.Proof.TreeSize == checkpoint.Size), "A receipt is not of the checkpoint's tree.");
        Require(sorted is [var first, ..] && first.Statement.Hash == content.Court.Statement.Hash, "The genesis is not the first statement.");
        return sorted;
    }

    private static Source Describe(PackOriginal original, IReadOnlyList<PackStatement> statements)
    {
        long size;
        using (var stream = original.Open())
        {
            size = stream.Length;
        }

        Require(original.Parts is null || (original.Parts.Count >= 2 && original.Parts.All(l => l > 0) && original.Parts.Sum() == size),
            "The parts of a clip sum up to it; it has at least two.");
        PackHashes hashes;
        using (var stream = original.Open())
        {
            hashes = PackHashes.Of(stream, original.Parts ?? [size], new byte[81_920]);
        }

        var path = PackPath.Original(hashes.Whole, original.Extension);
        Require(PackPath.TryParse(path, out var parsed), $"\"{original.Extension}\" is no extension of an original.");
        var by = statements.Select(s => s.Statement).Where(s => Vouching.HashesOf(s).Any(hashes.Parts.Contains)).Select(s => s.Hash).Order().ToArray();
        Require(by.Length > 0, $"No statement vouches for {path}.");
        return new Source(new PackManifestFile(parsed!, size, hashes.Whole, original.Parts, by), hashes.Crc, original.Open);
    }

    private static void WriteZip(List<Source> sources, Stream output)
    {
        var limits = PackLimits.Default;
        var length = sources.Sum(s => s.Listed.Size + ZipLayout.LocalHeaderLength + ZipLayout.CentralHeaderLength + (2 * s.Listed.Path.Text.Length)) + ZipLayout.EndLength;
        Require(sources.Count <= limits.FilesMax && length <= limits.LengthMax, $"{sources.Count} files, {length} bytes: more than a pack holds.");
        var central = new MemoryStream();
        var position = 0L;
        foreach (var source in sources)
        {
            var (name, size) = (source.Listed.Path.Text, source.Listed.Size);
            central.Write(ZipLayout.CentralHeader(name, size, source.Crc, position));
            var header = ZipLayout.LocalHeader(name, size, source.Crc);
            output.Write(header);
            using var data = source.Open();
            data.CopyTo(output);
            position += header.Length + size;
        }

        output.Write(central.ToArray());
        output.Write(ZipLayout.End(sources.Count, central.Length, position));
    }

    private static void Require(bool holds, string detail)
    {
        if (!holds)
        {
            throw new ArgumentException(detail);
        }
    }

    private sealed record Source(PackManifestFile Listed, uint Crc, Func<Stream> Open)
    {
        public static Source Of(string name, byte[] bytes)
        {
            var path = PackPath.TryParse(name, out var parsed) ? parsed : throw new ArgumentException($"\"{name}\" is no name in a pack.", nameof(name));
            return new Source(
                new PackManifestFile(path, bytes.Length, Digest.Of(bytes), null, null), Crc32.Append(0, bytes), () => new MemoryStream(bytes, writable: false));
        }
    }
}
