using System.Diagnostics.CodeAnalysis;
using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Outbox;

/// <summary>Video of an event that the court does not have yet, in memory: held until it is confirmed. Thread-safe.</summary>
/// <param name="bytesMax">Beyond this the oldest goes, up to the next key frame.</param>
internal sealed class RecordedVideo(long bytesMax)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<VideoFragment> _held = [];
    private readonly List<DroppedVideo> _dropped = [];
    private LinkedListNode<VideoFragment>? _next;
    private long _bytes;

    /// <summary>Fragments the court has not confirmed.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _held.Count;
            }
        }
    }

    public void Add(VideoFragment fragment)
    {
        lock (_gate)
        {
            var node = _held.AddLast(fragment);
            _next ??= node;
            _bytes += fragment.Bytes.Length;
            while (_bytes > bytesMax && _held.First is not null)
            {
                do
                {
                    Drop(_held.First);
                }
                while (_held.First is { Value.IsSync: false });
            }
        }
    }

    /// <summary>The next fragment to send on this connection; it stays held.</summary>
    public bool TryTake([NotNullWhen(true)] out VideoFragment? fragment)
    {
        lock (_gate)
        {
            fragment = _next?.Value;
            _next = _next?.Next;
            return fragment is not null;
        }
    }

    /// <summary>A new connection: whatever was not confirmed is sent again.</summary>
    public void SendAgain()
    {
        lock (_gate)
        {
            _next = _held.First;
        }
    }

    /// <summary>The court has these, or will not have them.</summary>
    /// <param name="stream">The camera's own number of the stream.</param>
    public void Kept(long stream, long first, long last)
    {
        lock (_gate)
        {
            // What was not sent yet cannot be confirmed, whatever the station says.
            for (var node = _held.First; node is not null && node != _next;)
            {
                var following = node.Next;
                if (node.Value.Stream.Id == stream && node.Value.Index >= first && node.Value.Index <= last)
                {
                    Remove(node);
                }

                node = following;
            }
        }
    }

    /// <summary>What went unconfirmed because memory did not last, since the last call.</summary>
    public IReadOnlyList<DroppedVideo> TakeDropped()
    {
        lock (_gate)
        {
            DroppedVideo[] dropped = [.. _dropped];
            _dropped.Clear();
            return dropped;
        }
    }

    private void Drop(LinkedListNode<VideoFragment> node)
    {
        var (stream, index) = (node.Value.Stream.Id, node.Value.Index);
        Remove(node);
        if (_dropped is [.., var last] && last.Stream == stream && last.Last + 1 == index)
        {
            _dropped[^1] = last with { Last = index };
        }
        else
        {
            _dropped.Add(new DroppedVideo(stream, index, index));
        }
    }

    private void Remove(LinkedListNode<VideoFragment> node)
    {
        _next = node == _next ? node.Next : _next;
        _bytes -= node.Value.Bytes.Length;
        _held.Remove(node);
    }
}
