namespace Cinnabar.Seal.Camera;

/// <summary>Collects the hashes of each GOP as its fragments are cut. Not thread safe.</summary>
internal sealed class GopDigest
{
    /// <summary>Most fragments in one manifest; a longer GOP continues in the next, so that a manifest stays small and prompt.</summary>
    internal const int FragmentsMax = 120;

    private readonly List<ReadOnlyMemory<byte>> _hashes = [];
    private VideoFragment? _first;
    private VideoFragment? _last;

    /// <summary>Takes the next frame; returns the manifest of the GOP that it ends, if it does.</summary>
    internal GopManifest? Add(VideoFragment fragment)
    {
        if (fragment.IsInit) return null;
        bool ends = _last is not null && (fragment.IsSync || fragment.Stream != _last.Stream || _hashes.Count == FragmentsMax);
        GopManifest? done = ends ? Flush() : null;
        _first ??= fragment;
        _last = fragment;
        _hashes.Add(fragment.Sha256);
        return done;
    }

    /// <summary>The manifest of what is collected, when the encoder ended; null when nothing is.</summary>
    internal GopManifest? Flush()
    {
        if (_first is null || _last is null) return null;
        GopManifest manifest = new(
            _first.Stream.Id, _first.Stream.Init.Sha256, _first.Index, [.. _hashes], _first.Captured, _last.Captured);
        _hashes.Clear();
        _first = _last = null;
        return manifest;
    }
}
