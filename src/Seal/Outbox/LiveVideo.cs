using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Outbox;

/// <summary>The live picture for whoever watches: one fragment in hand, the rest in the camera's own queue, which drops to the next key frame.</summary>
internal sealed class LiveVideo(Func<LiveSubscription?> subscribe, Action arrived) : IDisposable
{
    private readonly Lock _gate = new();
    private LiveSubscription? _subscription;
    private Channel<VideoFragment>? _hand;
    private bool _awaitsSync;

    public bool IsOn
    {
        get
        {
            lock (_gate)
            {
                return _subscription is not null;
            }
        }
    }

    /// <summary>Joins or leaves the camera's live picture; without a camera nothing happens.</summary>
    public void Switch(bool on)
    {
        lock (_gate)
        {
            if (on == _subscription is not null)
            {
                return;
            }

            _subscription?.Dispose();
            _hand?.Writer.TryComplete();
            (_subscription, _hand) = (null, null);
            if (on && subscribe() is { } subscription)
            {
                _subscription = subscription;
                _hand = Channel.CreateBounded<VideoFragment>(1);
                _awaitsSync = true;
                _ = PumpAsync(subscription, _hand.Writer);
            }
        }
    }

    /// <summary>Takes the next fragment, if one is there.</summary>
    public bool TryTake([NotNullWhen(true)] out VideoFragment? fragment)
    {
        lock (_gate)
        {
            fragment = null;
            while (_hand?.Reader.TryRead(out fragment) == true)
            {
                if (!_awaitsSync || fragment.IsSync)
                {
                    _awaitsSync = false;
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Lets go of what is waiting: while an event is recorded, its fragments are the live picture.</summary>
    public void Skip()
    {
        lock (_gate)
        {
            while (_hand?.Reader.TryRead(out _) == true)
            {
                _awaitsSync = true;
            }
        }
    }

    public void Dispose() => Switch(false);

    private async Task PumpAsync(LiveSubscription subscription, ChannelWriter<VideoFragment> hand)
    {
        try
        {
            await foreach (var fragment in subscription.ReadAllAsync(CancellationToken.None))
            {
                // The init segment is sent by the lane itself, before the first fragment of a stream on a connection.
                if (!fragment.IsInit)
                {
                    await hand.WriteAsync(fragment);
                    arrived();
                }
            }
        }
        catch (ChannelClosedException)
        {
            // Switched off while a fragment was in hand.
        }
    }
}
