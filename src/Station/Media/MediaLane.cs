using Cinnabar.Station.Gateway;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Media;

/// <summary>One seal's media lane: pictures are kept and confirmed, recorded video is kept, all video is relayed.</summary>
internal sealed class MediaLane(UplinkSocket socket, DeviceRow device, HelloMessage hello, MediaIntake intake)
{
    private const int AppendFragments = 16;

    private readonly string _boot = Convert.ToHexStringLower(hello.Boot.Span);
    private readonly List<FragmentMessage> _unkept = [];
    private RecordingKey? _stream;
    private StreamMessage? _description;
    private FragmentMessage? _init;
    private bool _recording;

    private string Seal => device.Seal ?? "";

    /// <summary>Serves the lane until either side ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var live = intake.Hub.Of(Seal);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await socket.SendAsync(new WelcomeMessage(intake.NowMs, 0, (long)intake.Limits.HeartbeatInterval.TotalMilliseconds), stop.Token);
        void Watched(bool on) => _ = TellAsync(on, stop.Token);
        live.Attach(Watched);
        try
        {
            while (await NextAsync(stop) is { } message)
            {
                await TakeAsync(message, live, stop.Token);
            }
        }
        finally
        {
            live.Detach(Watched);
            Keep();
        }
    }

    private async ValueTask<UplinkMessage?> NextAsync(CancellationTokenSource stop)
    {
        stop.CancelAfter(intake.Limits.SilenceMax);
        return await socket.ReceiveAsync(stop.Token);
    }

    private async Task TakeAsync(UplinkMessage message, LiveChannel live, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case PictureMessage picture:
                intake.KeepPicture(picture, device.Device, Seal);
                await socket.SendAsync(new KeptMessage(picture.Hash), cancellationToken);
                break;
            case StreamMessage stream:
                Keep();
                (_stream, _description, _init, _recording) = (new RecordingKey(device.Device, _boot, stream.Stream), stream, null, false);
                live.Begin(stream);
                break;
            case FragmentMessage fragment when fragment.Stream == _description?.Stream:
                Record(fragment);
                live.Push(fragment);
                break;
            case FragmentMessage:
                throw new FormatException("A fragment of a stream that was not announced.");
            case HeartbeatMessage beat:
                await socket.SendAsync(new BeatMessage(beat.Counter, intake.NowMs), cancellationToken);
                break;
            default:
                throw new FormatException($"{message.GetType().Name} does not belong on the media lane.");
        }
    }

    private void Record(FragmentMessage fragment)
    {
        if (fragment.Flags.HasFlag(FragmentMarks.Init))
        {
            _init = fragment;
            return;
        }

        if (!fragment.Flags.HasFlag(FragmentMarks.Recorded))
        {
            Keep();
            return;
        }

        if (!_recording && _init is not null)
        {
            intake.Recordings.Begin(_stream!, Seal, _description!);
            intake.Recordings.SetInit(_stream!, intake.Content.Put(_init.Data.Span));
            _recording = true;
        }

        _unkept.Add(fragment);
        if (_unkept.Count >= AppendFragments || fragment.Flags.HasFlag(FragmentMarks.Sync))
        {
            Keep();
        }
    }

    private void Keep()
    {
        if (_unkept.Count > 0 && _recording)
        {
            intake.KeepFragments(_stream!, Seal, _unkept);
        }

        _unkept.Clear();
    }

    private async Task TellAsync(bool on, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(new LiveMessage(on), cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or System.Net.WebSockets.WebSocketException or ObjectDisposedException or IOException)
        {
            // The lane is ending; the next one is told anew.
        }
    }
}
