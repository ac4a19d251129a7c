using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Packs;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Takes a good pack apart and puts it together again in ways that PackWriter would not.</summary>
internal sealed class PackForge
{
    private readonly PackManifest _manifest;

    private PackForge(SortedDictionary<string, byte[]> files, PackManifest manifest)
    {
        Files = files;
        _manifest = manifest;
    }

    /// <summary>The files; what is changed here is not what the manifest lists until <see cref="Relist"/>.</summary>
    public SortedDictionary<string, byte[]> Files { get; }

    public static PackForge Of(byte[] pack)
    {
        PackReader.TryOpen(new MemoryStream(pack), PackLimits.Default, out var reader, out _);
        var files = new SortedDictionary<string, byte[]>(
            reader!.Files.ToDictionary(f => f.Path.Text, reader.Read), StringComparer.Ordinal);
        return PackManifest.TryParse(files[PackPath.Manifest], out var manifest, out var detail)
            ? new PackForge(files, manifest)
            : throw new ArgumentException(detail, nameof(pack));
    }

    public PackForge Set(string name, byte[] bytes)
    {
        Files[name] = bytes;
        return this;
    }

    public PackForge Remove(string name)
    {
        Files.Remove(name);
        return this;
    }

    /// <summary>Flips a bit within a file; the manifest goes on to name the old hash.</summary>
    public PackForge FlipIn(string name) => Set(name, Golden.Flip(Files[name], Files[name].Length / 2));

    /// <summary>Makes the manifest name what is there now.</summary>
    /// <param name="statements">Instead of the statements it lists.</param>
    /// <param name="by">Instead of the statements that it names as vouching, for every original.</param>
    /// <param name="parts">Instead of the parts of every clip.</param>
    public PackForge Relist(IReadOnlyList<PackManifestStatement>? statements = null, IReadOnlyList<Digest>? by = null, IReadOnlyList<long>? parts = null)
    {
        Remove(PackPath.Manifest);
        var listed = _manifest.Files.ToDictionary(f => f.Path.Text, StringComparer.Ordinal);
        var files = Files.Select(f =>
        {
            Assert.True(PackPath.TryParse(f.Key, out var path), f.Key);
            var before = listed.GetValueOrDefault(f.Key);
            var original = path.Kind == PackFileKind.Original;
            return new PackManifestFile(
                path, f.Value.Length, Digest.Of(f.Value), original ? parts ?? before?.Parts : null,
                original ? by ?? before?.By ?? [_manifest.Statements[0].Hash] : null);
        });
        return Set(PackPath.Manifest, PackManifest.Of(_manifest.Origin, [.. files], statements ?? _manifest.Statements).Encode());
    }

    /// <summary>Changes the manifest as a CBOR map.</summary>
    public PackForge InManifest(string key, CborValue value)
    {
        var map = CborValue.Decode(Files[PackPath.Manifest]).AsMap().Where(e => e.Key.AsText() != key);
        return Set(PackPath.Manifest, CborValue.Map(map.Append(new(CborValue.Text(key), value))).Encode());
    }

    /// <summary>The zip in the one permitted form.</summary>
    public byte[] Zip() => Zip([.. Files]);

    /// <summary>A zip of stored files in this order.</summary>
    public static byte[] Zip(IReadOnlyList<KeyValuePair<string, byte[]>> files)
    {
        var (output, central) = (new MemoryStream(), new MemoryStream());
        foreach (var (name, bytes) in files)
        {
            var crc = Crc32.Append(0, bytes);
            central.Write(ZipLayout.CentralHeader(name, bytes.Length, crc, output.Length));
            output.Write(ZipLayout.LocalHeader(name, bytes.Length, crc));
            output.Write(bytes);
        }

        var offset = output.Length;
        output.Write(central.ToArray());
        output.Write(ZipLayout.End(files.Count, central.Length, offset));
        return output.ToArray();
    }
}
