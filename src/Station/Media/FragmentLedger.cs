using Cinnabar.Evidence;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Media;

/// <summary>Holds what is relayed live against the manifests: the hashes of the last fragments of one stream. Not thread safe.</summary>
internal sealed class FragmentLedger
{
    // Three of the seal's longest manifests: a fragment that is older has had its manifest, or gets none.
    private const int FragmentsMax = 360;

    private readonly Dictionary<long, Digest> _seen = [];
    private readonly Dictionary<long, Digest> _vouched = [];
    private Digest? _init;
    private bool _matched;
    private bool _differs;

    /// <summary>What may be said of the stream: one difference is never forgotten.</summary>
    public MediaState State => _differs ? MediaState.Mismatch : _matched ? MediaState.Signed : MediaState.Unsigned;

    /// <summary>A fragment was relayed.</summary>
    public void See(FragmentMessage fragment)
    {
        var hash = Digest.Of(fragment.Data.Span);
        if (fragment.Flags.HasFlag(FragmentMarks.Init))
        {
            _init = hash;
            return;
        }

        Keep(_seen, fragment.Index, hash);
        if (_vouched.TryGetValue(fragment.Index, out var vouched))
        {
            Compare(hash, vouched);
        }
    }

    /// <summary>A manifest was sequenced; manifests mostly come before the pictures, because statements have right of way.</summary>
    public void Vouch(GopManifestBody manifest)
    {
        _differs |= _init is { } init && init != manifest.Init;
        for (var i = 0; i < manifest.Fragments.Count; i++)
        {
            Keep(_vouched, manifest.First + i, manifest.Fragments[i]);
            if (_seen.TryGetValue(manifest.First + i, out var hash))
            {
                Compare(hash, manifest.Fragments[i]);
            }
        }
    }

    private void Compare(Digest hash, Digest vouched)
    {
        _matched |= hash == vouched;
        _differs |= hash != vouched;
    }

    private static void Keep(Dictionary<long, Digest> hashes, long index, Digest hash)
    {
        hashes[index] = hash;
        if (hashes.Count > FragmentsMax * 2)
        {
            foreach (var old in hashes.Keys.Where(k => k <= index - FragmentsMax).ToArray())
            {
                hashes.Remove(old);
            }

            if (hashes.Count > FragmentsMax * 2)
            {
                // Numbers that do not count up are no seal's; nothing of them is worth keeping.
                hashes.Clear();
            }
        }
    }
}
