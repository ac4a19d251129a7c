using Cinnabar.Seal.Camera;
using Cinnabar.Seal.Journal;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Outbox;

/// <summary>Pictures, then the event's video, then live video; and nothing while statements wait to be sent.</summary>
internal sealed class MediaLane : Lane, IDisposable
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(1);

    private readonly StatementWindow _window;
    private readonly PictureStore _pictures;
    private readonly RecordedVideo _recorded;
    private readonly LiveVideo _live;
    private readonly long _streamBase;
    private readonly Pulse _pulse = new();
    private VideoStream? _announced;
    private volatile bool _recording;

    /// <param name="streamBase">Added to the camera's stream numbers, which begin anew at each start of the program.</param>
    /// <param name="subscribe">Joins the camera's live picture; null when there is none.</param>
    public MediaLane(
        UplinkClient client, LaneIdentity identity, DeviceJournal journal, LaneTiming timing, MediaSources sources, long streamBase,
        Func<LiveSubscription?> subscribe)
        : base(client, UplinkClientLane.Media, identity, journal, timing)
    {
        (_window, _pictures, _recorded) = sources;
        _streamBase = streamBase;
        _live = new LiveVideo(subscribe, _pulse.Set);
    }

    /// <summary>True while somebody watches.</summary>
    public bool IsLive => _live.IsOn;

    /// <summary>Something new is there, or statements no longer wait.</summary>
    public void Wake() => _pulse.Set();

    /// <summary>While an event is recorded its fragments are not sent a second time as live ones.</summary>
    public void SetRecording(bool recording) => _recording = recording;

    /// <summary>Somebody watches, or nobody does.</summary>
    public void SwitchLive(bool on)
    {
        _live.Switch(on);
        _pulse.Set();
    }

    public void Dispose()
    {
        _live.Dispose();
        _pulse.Dispose();
    }

    protected override void Opened(WelcomeMessage welcome)
    {
        _announced = null;
        _pictures.SendAgain();
        _recorded.SendAgain();
    }

    protected override void Closed() => _live.Switch(false);

    protected override void Receive(UplinkMessage message)
    {
        switch (message)
        {
            case KeptMessage kept:
                _pictures.Kept(kept.Hash);
                break;
            case FragmentsKeptMessage kept:
                _recorded.Kept(kept.Stream - _streamBase, kept.First, kept.Last);
                break;
            case LiveMessage live:
                SwitchLive(live.On);
                break;
            case BeatMessage:
                break;
            default:
                throw new FormatException($"{message.GetType().Name} does not belong on the media lane.");
        }
    }

    protected override async Task SendAsync(UplinkSocket socket, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (!_window.HasWaiting && await TrySendOneAsync(socket, cancellationToken))
            {
            }

            await _pulse.WaitAsync(s_lookAgain, cancellationToken);
        }
    }

    private async Task<bool> TrySendOneAsync(UplinkSocket socket, CancellationToken cancellationToken)
    {
        if (_pictures.TryTake(out var hash, out var jpeg))
        {
            await socket.SendAsync(new PictureMessage(hash, "image/jpeg", jpeg), cancellationToken);
            return true;
        }

        if (_recorded.TryTake(out var recorded))
        {
            await SendAsync(socket, recorded, FragmentMarks.Recorded, cancellationToken);
            return true;
        }

        if (_recording)
        {
            _live.Skip();
            return false;
        }

        if (_live.TryTake(out var live))
        {
            await SendAsync(socket, live, FragmentMarks.None, cancellationToken);
            return true;
        }

        return false;
    }

    private async Task SendAsync(UplinkSocket socket, VideoFragment fragment, FragmentMarks marks, CancellationToken cancellationToken)
    {
        var stream = fragment.Stream;
        var number = _streamBase + stream.Id;
        if (_announced != stream)
        {
            await socket.SendAsync(new StreamMessage(number, stream.Codec, stream.Width, stream.Height), cancellationToken);
            await socket.SendAsync(
                new FragmentMessage(number, fragment.Index, marks | FragmentMarks.Init, stream.Init.Captured.UnixMs, stream.Init.Bytes),
                cancellationToken);
            _announced = stream;
        }

        var flags = marks | (fragment.IsSync ? FragmentMarks.Sync : FragmentMarks.None);
        await socket.SendAsync(
            new FragmentMessage(number, fragment.Index, flags, Math.Max(0, fragment.Captured.UnixMs), fragment.Bytes), cancellationToken);
    }
}
