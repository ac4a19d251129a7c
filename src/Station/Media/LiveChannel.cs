using Cinnabar.Uplink;

namespace Cinnabar.Station.Media;

/// <summary>The live picture of one seal: the current stream, its current group of pictures, its viewers. Safe for concurrent use.</summary>
internal sealed class LiveChannel(MediaOptions options)
{
    private static readonly string s_offline = new ViewerMessage.Offline().ToJson();

    private readonly Lock _changing = new();
    private readonly List<LiveViewer> _viewers = [];
    private readonly List<FragmentMessage> _group = [];
    private RecordingKey? _key;
    private StreamMessage? _stream;
    private FragmentMessage? _init;
    private FragmentLedger _ledger = new();
    private Action<bool>? _watched;

    /// <summary>A lane begins to serve this seal; it is told when the first viewer comes, or is there already, and when the last one goes.</summary>
    public void Attach(Action<bool> watched)
    {
        lock (_changing)
        {
            _watched = watched;
            if (_viewers.Count > 0)
            {
                watched(true);
            }
        }
    }

    /// <summary>The lane ended; viewers are told.</summary>
    public void Detach(Action<bool> watched)
    {
        lock (_changing)
        {
            if (_watched != watched)
            {
                return;
            }

            _watched = null;
            (_key, _stream, _init) = (null, null, null);
            _group.Clear();
            _viewers.ForEach(v => v.Tell(s_offline));
        }
    }

    /// <summary>Adds a viewer, who gets the stream's description, its beginning, and the current group of pictures.</summary>
    /// <returns>Null when there are too many.</returns>
    public LiveViewer? Join()
    {
        lock (_changing)
        {
            if (_viewers.Count >= options.ViewersMax)
            {
                return null;
            }

            var viewer = new LiveViewer(options.ViewerFramesMax + options.GroupFramesMax);
            if (_stream is null || _init is null)
            {
                viewer.Tell(s_offline);
            }
            else
            {
                viewer.Tell(Describe(_stream));
                viewer.Offer(_init.Data, _init.Flags);
                _group.ForEach(f => viewer.Offer(f.Data, f.Flags));
            }

            _viewers.Add(viewer);
            if (_viewers.Count == 1)
            {
                _watched?.Invoke(true);
            }

            return viewer;
        }
    }

    public void Leave(LiveViewer viewer)
    {
        lock (_changing)
        {
            if (_viewers.Remove(viewer) && _viewers.Count == 0)
            {
                _watched?.Invoke(false);
            }
        }

        viewer.Complete();
    }

    /// <summary>The lane turns to a run of the encoder; returning to the same run changes nothing.</summary>
    public void Begin(RecordingKey key, StreamMessage stream)
    {
        lock (_changing)
        {
            if (key != _key)
            {
                _ledger = new FragmentLedger();
            }

            (_key, _stream, _init) = (key, stream, null);
            _group.Clear();
            _viewers.ForEach(v => v.Tell(Describe(stream)));
        }
    }

    /// <summary>The next piece of the current stream; pieces of another stream are ignored.</summary>
    public void Push(RecordingKey key, FragmentMessage fragment)
    {
        lock (_changing)
        {
            if (key != _key)
            {
                return;
            }

            if (fragment.Flags.HasFlag(FragmentMarks.Init))
            {
                _init = fragment;
            }
            else
            {
                Remember(fragment);
            }

            _viewers.ForEach(v => v.Offer(fragment.Data, fragment.Flags));
            Judge(() => _ledger.See(fragment));
        }
    }

    /// <summary>A manifest of this seal was sequenced.</summary>
    public void Vouch(GopManifestBody manifest)
    {
        lock (_changing)
        {
            if (manifest.Recording == _key)
            {
                Judge(() => _ledger.Vouch(manifest));
            }
        }
    }

    private void Judge(Action change)
    {
        var before = _ledger.State;
        change();
        if (_ledger.State != before)
        {
            var told = new ViewerMessage.Signature(_ledger.State).ToJson();
            _viewers.ForEach(v => v.Tell(told));
        }
    }

    private void Remember(FragmentMessage fragment)
    {
        if (fragment.Flags.HasFlag(FragmentMarks.Sync))
        {
            _group.Clear();
        }
        else if (_group.Count == 0 || _group.Count >= options.GroupFramesMax)
        {
            // Without its key frame, or too long to replay: who joins now waits for the next key frame.
            _group.Clear();
            return;
        }

        _group.Add(fragment);
    }

    private string Describe(StreamMessage stream) =>
        new ViewerMessage.Codec(stream.Codec, stream.Width, stream.Height, stream.Stream, _ledger.State).ToJson();
}
