using System.Collections.Concurrent;
using System.Text.Json;
using Cinnabar.Uplink;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Media;

/// <summary>Relays live pictures, by seal, from the one lane that sends them to all who watch.</summary>
internal sealed class LiveHub(IOptions<MediaOptions> options)
{
    private readonly ConcurrentDictionary<string, LiveChannel> _channels = new();

    public LiveChannel Of(string sealNumber) => _channels.GetOrAdd(sealNumber, _ => new LiveChannel(options.Value));
}

/// <summary>The live picture of one seal: the current stream, its current group of pictures, its viewers.</summary>
internal sealed class LiveChannel(MediaOptions options)
{
    private readonly Lock _changing = new();
    private readonly List<LiveViewer> _viewers = [];
    private readonly List<FragmentMessage> _group = [];
    private StreamMessage? _stream;
    private FragmentMessage? _init;
    private string _state = "unsigned";
    private Action<bool>? _watched;

    /// <summary>A lane begins to serve this seal; it is told when the first viewer comes and the last one goes.</summary>
    public void Attach(Action<bool> watched)
    {
        lock (_changing)
        {
            _watched = watched;
            watched(_viewers.Count > 0);
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
            _stream = null;
            _init = null;
            _group.Clear();
            _viewers.ForEach(v => v.Tell("""{"type":"offline"}"""));
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
                viewer.Tell("""{"type":"offline"}""");
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

    /// <summary>A new run of the encoder.</summary>
    public void Begin(StreamMessage stream)
    {
        lock (_changing)
        {
            _stream = stream;
            _init = null;
            _group.Clear();
            _viewers.ForEach(v => v.Tell(Describe(stream)));
        }
    }

    /// <summary>The next piece of the current stream; pieces of another stream are ignored.</summary>
    public void Push(FragmentMessage fragment)
    {
        lock (_changing)
        {
            if (_stream?.Stream != fragment.Stream)
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
        }
    }

    /// <summary>What is known of the signatures of what is being shown.</summary>
    public void State(string state)
    {
        lock (_changing)
        {
            if (_state != state)
            {
                _state = state;
                _viewers.ForEach(v => v.Tell($$"""{"type":"state","state":"{{state}}"}"""));
            }
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

    private string Describe(StreamMessage stream) => JsonSerializer.Serialize(
        new LiveDescription("codec", stream.Codec, stream.Width, stream.Height, stream.Stream, _state), MediaJson.Default.LiveDescription);
}

/// <summary>First message to a viewer; docs/formats/api.md.</summary>
internal sealed record LiveDescription(string Type, string Codec, long Width, long Height, long Stream, string State);
