using Cinnabar.Evidence;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Media;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Packs;

/// <summary>Finds the data that statements vouch for: pictures, the ruling, recorded video, and which property it is. What is not here, or differs, is left out.</summary>
internal sealed class PackOriginals(ContentStore content, RecordingsStore recordings, PrivateRecords records, PacksOptions options)
{
    private readonly Dictionary<Digest, PackOriginal> _found = [];
    private long _bytes;

    /// <summary>The originals of some statements.</summary>
    /// <exception cref="PackTooLargeException">There are more bytes than the options allow.</exception>
    public IReadOnlyList<PackOriginal> Find(IReadOnlyCollection<Statement> statements)
    {
        foreach (var statement in statements.Where(s => s.Kind != "media.manifest"))
        {
            AddProperty(statement);
            foreach (var hash in Vouching.HashesOf(statement))
            {
                AddFile(hash, ExtensionOf(statement));
            }
        }

        var clips = statements.Select(s => (s.Hash, Body: GopManifestBody.TryRead(s))).Where(m => m.Body is not null)
            .GroupBy(m => m.Body!.Recording)
            .Select(stream => Clip(stream.Key.ToString(), [.. stream.Select(m => m.Body!)])).OfType<PackOriginal>();
        return [.. _found.Values, .. clips];
    }

    private void AddFile(Digest hash, string extension)
    {
        if (_found.ContainsKey(hash) || content.TryRead(hash) is not { } bytes)
        {
            return;
        }

        Count(bytes.Length);
        _found[hash] = new PackOriginal(() => content.TryOpen(hash) ?? throw new FileNotFoundException($"{hash} has gone."), extension);
    }

    /// <summary>The property behind an order's hash, with its salt: the people of the record stay here.</summary>
    private void AddProperty(Statement statement)
    {
        if (statement.Data is { } data && records.Of(statement.Subject) is { } record && record.PropertyCommitment == data.Digest)
        {
            Count(record.PropertyOpening.Length);
            _found[data.Digest] = PackOriginal.Of(record.PropertyOpening.ToArray(), "bin");
        }
    }

    /// <summary>The recorded fragments that these manifests vouch for, from the first key frame on, as one playable file.</summary>
    private PackOriginal? Clip(string name, IReadOnlyList<GopManifestBody> manifests)
    {
        var init = manifests[0].Init;
        var vouched = new Dictionary<long, string>();
        foreach (var manifest in manifests.Where(m => m.Init == init))
        {
            for (var i = 0; i < manifest.Fragments.Count; i++)
            {
                vouched.TryAdd(manifest.First + i, manifest.Fragments[i].ToString());
            }
        }

        var fragments = recordings.Fragments(name, 0, long.MaxValue)
            .Where(f => vouched.GetValueOrDefault(f.Number) == f.Hash).SkipWhile(f => !f.IsSync).ToArray();
        if (fragments.Length == 0 || content.TryRead(init) is not { } head)
        {
            return null;
        }

        Count(head.Length + fragments.Sum(f => f.Length));
        return new PackOriginal(
            () => new RecordingStream(head, recordings.Open(name), fragments), "mp4", [head.Length, .. fragments.Select(f => f.Length)]);
    }

    private void Count(long bytes)
    {
        _bytes += bytes;
        if (_bytes > options.OriginalBytesMax)
        {
            throw new PackTooLargeException(nameof(PacksOptions.OriginalBytesMax), options.OriginalBytesMax, _bytes);
        }
    }

    private static string ExtensionOf(Statement statement) => (statement.Data?.ContentType, statement.Kind) switch
    {
        ("image/jpeg", _) or (null, "order.installed") => "jpg",
        ("application/pdf", _) or (null, "order.issued") => "pdf",
        _ => "bin",
    };
}
