using Cinnabar.Evidence.Cbor;
using Cinnabar.Seal.Camera;
using Cinnabar.Seal.Journal;
using Cinnabar.Seal.Outbox;

namespace Cinnabar.Seal.Reflex;

/// <summary>Keeps and sends the video of an event: the ring from ten seconds before, then every frame until the time is over; and signs each GOP of it.</summary>
internal sealed class EventRecorder(
    DoorCamera camera, RecordedVideo recorded, StatementChainWriter chain, long streamBase, TimeSpan duration, TimeProvider time)
{
    /// <summary>Manifests remembered unsigned: a ring of two minutes at one GOP a second.</summary>
    private const int RecentMax = 128;

    /// <summary>Video that memory could not hold is told at the end of its recording, and meanwhile once in this time.</summary>
    private static readonly TimeSpan s_tellDropped = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<GopManifest> _recent = [];
    private readonly Dictionary<uint, VideoStream> _streams = [];
    private bool _recording;
    private long _until;
    private long _droppedTold = time.GetTimestamp();
    private (uint Stream, uint Index) _first;
    private (uint Stream, uint Index) _last;

    /// <summary>Raised when a fragment is ready to be sent, and when recording begins or ends.</summary>
    public event Action<bool>? Advanced;

    /// <summary>Whether somebody watches: then every GOP is signed, so that what is watched can be proven.</summary>
    public Func<bool> IsWatched { get; set; } = static () => false;

    /// <summary>Begins with the ring, or goes on for the duration from now.</summary>
    /// <param name="trigger">Monotonic timestamp.</param>
    public void Begin(long trigger)
    {
        List<GopManifest> unsigned;
        lock (_gate)
        {
            _until = time.GetTimestamp() + (long)(duration.TotalSeconds * time.TimestampFrequency);
            if (_recording)
            {
                return;
            }

            _recording = true;
            var clips = camera.Freeze(trigger);
            _first = clips.Count == 0 ? (uint.MaxValue, 0) : PlaceOf(clips[0].Fragments[0]);
            foreach (var fragment in clips.SelectMany(clip => clip.Fragments))
            {
                Keep(fragment);
            }

            unsigned = [.. _recent.Where(IsRecorded)];
            unsigned.ForEach(manifest => _recent.Remove(manifest));
        }

        unsigned.ForEach(Sign);
        Advanced?.Invoke(true);
    }

    /// <summary>Ends now: the legal basis, the hold time or the program does.</summary>
    public void End()
    {
        lock (_gate)
        {
            _recording = false;
        }

        StateDropped(force: true);
        Advanced?.Invoke(false);
    }

    /// <summary>Follows the camera until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var subscription = camera.Subscribe();
        await foreach (var fragment in subscription.ReadAllAsync(cancellationToken))
        {
            bool kept, ended;
            lock (_gate)
            {
                _streams.TryAdd(fragment.Stream.Id, fragment.Stream);

                // At a key frame: the last GOP is kept, and signed, whole.
                ended = _recording && fragment.IsSync && time.GetTimestamp() > _until;
                _recording &= !ended;
                kept = _recording && !fragment.IsInit && PlaceOf(fragment).CompareTo(_last) > 0;
                if (kept)
                {
                    _first = _first.Stream == uint.MaxValue ? PlaceOf(fragment) : _first;
                    Keep(fragment);
                }
            }

            if (kept || ended)
            {
                StateDropped(force: ended);
                Advanced?.Invoke(kept);
            }
        }
    }

    /// <summary>Signs the manifests of what is recorded or watched, until cancelled.</summary>
    public async Task SignManifestsAsync(CancellationToken cancellationToken)
    {
        await foreach (var manifest in camera.Manifests.ReadAllAsync(cancellationToken))
        {
            bool sign;
            lock (_gate)
            {
                sign = IsRecorded(manifest) || IsWatched();
                if (!sign)
                {
                    _recent.AddLast(manifest);
                    if (_recent.Count > RecentMax)
                    {
                        _recent.RemoveFirst();
                    }
                }
            }

            if (sign)
            {
                Sign(manifest);
            }
        }
    }

    private void StateDropped(bool force)
    {
        lock (_gate)
        {
            if (!force && time.GetElapsedTime(_droppedTold) < s_tellDropped)
            {
                return;
            }

            _droppedTold = time.GetTimestamp();
        }

        foreach (var dropped in recorded.TakeDropped())
        {
            chain.State("media.dropped", CborValue.Map(
                ("stream", CborValue.Integer(streamBase + dropped.Stream)), ("first", CborValue.Integer(dropped.First)),
                ("last", CborValue.Integer(dropped.Last)), ("reason", CborValue.Text("memory full before the court confirmed"))));
        }
    }

    private static (uint Stream, uint Index) PlaceOf(VideoFragment fragment) => (fragment.Stream.Id, fragment.Index);

    private void Keep(VideoFragment fragment)
    {
        _streams.TryAdd(fragment.Stream.Id, fragment.Stream);
        _last = PlaceOf(fragment);
        recorded.Add(fragment);
    }

    // Some fragment of the manifest lies between the first and the last one kept of this event.
    private bool IsRecorded(GopManifest manifest) =>
        (manifest.StreamId, (uint)(manifest.FirstIndex + manifest.FragmentSha256.Count - 1)).CompareTo(_first) >= 0
        && (manifest.StreamId, manifest.FirstIndex).CompareTo(_last) <= 0 && _last.Stream != 0;

    private void Sign(GopManifest manifest)
    {
        string codec;
        lock (_gate)
        {
            codec = _streams.TryGetValue(manifest.StreamId, out var stream) ? stream.Codec : "";
        }

        chain.State("media.manifest", CborValue.Map(
            ("stream", CborValue.Integer(streamBase + manifest.StreamId)),
            ("init", CborValue.Bytes(manifest.InitSha256.ToArray())),
            ("first", CborValue.Integer(manifest.FirstIndex)),
            ("fragments", CborValue.Array([.. manifest.FragmentSha256.Select(hash => CborValue.Bytes(hash.ToArray()))])),
            ("from", CborValue.Integer(manifest.First.UnixMs)),
            ("until", CborValue.Integer(manifest.Last.UnixMs)),
            ("codec", CborValue.Text(codec))));
    }
}
