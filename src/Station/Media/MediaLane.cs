using System.Net.WebSockets;
using Cinnabar.Station.Gateway;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Media;

/// <summary>One seal's media lane: pictures are kept and confirmed, recorded video is kept, all video is relayed.</summary>
internal sealed class MediaLane(UplinkSocket socket, DeviceRow device, HelloMessage hello, MediaIntake intake, LiveHub hub, UplinkLimits limits)
{
    private const int AppendFragments = 16;

    private readonly string _boot = Convert.ToHexStringLower(hello.Boot.Span);
    private readonly List<FragmentMessage> _unkept = [];
    private RecordingKey? _key;
    private StreamMessage? _stream;
    private FragmentMessage? _init;

    /// <summary>Serves the lane until either side ends it.</summary>
    /// <exception cref="FormatException">The seal broke the contract: close with 1008.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var live = hub.Of(device.Seal);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await socket.SendAsync(new WelcomeMessage(intake.NowMs, 0, (long)limits.HeartbeatInterval.TotalMilliseconds), stop.Token);
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
        stop.CancelAfter(limits.SilenceMax);
        return await socket.ReceiveAsync(stop.Token);
    }

    private async Task TakeAsync(UplinkMessage message, LiveChannel live, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case PictureMessage picture:
                if (intake.KeepPicture(picture, device.Device, device.Seal))
                {
                    await socket.SendAsync(new KeptMessage(picture.Hash), cancellationToken);
                }

                break;
            case StreamMessage stream:
                await KeepAsync(cancellationToken);
                (_key, _stream, _init) = (new RecordingKey(device.Device, _boot, stream.Stream), stream, null);
                live.Begin(_key, stream);
                break;
            case FragmentMessage fragment when fragment.Stream == _stream?.Stream:
                // Relayed first: the disk is for later, somebody may be watching now.
                live.Push(_key!, fragment);
                if (IsBatchFull(fragment))
                {
                    await KeepAsync(cancellationToken);
                }

                break;
            case FragmentMessage:
                throw new FormatException("A fragment of a stream that was not announced.");
            case HeartbeatMessage beat:
                // Nothing of a recorded event waits longer than that for the disk.
                await KeepAsync(cancellationToken);
                await socket.SendAsync(new BeatMessage(beat.Counter, intake.NowMs), cancellationToken);
                break;
            default:
                throw new FormatException($"{message.GetType().Name} does not belong on the media lane.");
        }
    }

    /// <summary>Notes a fragment; true when what was noted so far should go to the disk now.</summary>
    private bool IsBatchFull(FragmentMessage fragment)
    {
        if (fragment.Flags.HasFlag(FragmentMarks.Init))
        {
            _init = fragment;
            return false;
        }

        if (!fragment.Flags.HasFlag(FragmentMarks.Recorded))
        {
            return true;
        }

        _unkept.Add(fragment);
        return _unkept.Count >= AppendFragments || fragment.Flags.HasFlag(FragmentMarks.Sync);
    }

    /// <summary>Puts what was noted on the disk and confirms it, a message for each unbroken run of numbers.</summary>
    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var numbers = _unkept.Select(f => f.Index).Order().ToArray();
        Keep();
        for (var (first, i) = (0, 1); i <= numbers.Length; i++)
        {
            if (i == numbers.Length || numbers[i] > numbers[i - 1] + 1)
            {
                await socket.SendAsync(new FragmentsKeptMessage(_stream!.Stream, numbers[first], numbers[i - 1]), cancellationToken);
                first = i;
            }
        }
    }

    private void Keep()
    {
        if (_unkept.Count > 0)
        {
            intake.KeepFragments(_key!, device.Seal, _stream!, _init, _unkept);
        }

        _unkept.Clear();
    }

    private async Task TellAsync(bool on, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(new LiveMessage(on), cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // The lane is ending; the next one is told anew.
        }
    }
}
