using System.Collections.Concurrent;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Seal.Camera;
using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Journal;
using Cinnabar.Seal.Outbox;

namespace Cinnabar.Seal.Reflex;

/// <summary>Carries out the camera's orders on a thread of its own, and states what the pictures show: when, to which trigger.</summary>
internal sealed class CameraDesk(
    BlockingCollection<CameraOrder> orders, DoorCamera camera, EventRecorder recorder, StatementChainWriter chain, PictureStore pictures, SealLog log,
    TimeProvider time)
{
    /// <summary>Triggers whose pictures are being chosen at one time: forty blows in a second need not be forty sets.</summary>
    private const int CapturesMax = 3;

    private static readonly TimeSpan s_signatureLimit = TimeSpan.FromSeconds(30);

    private int _captures;

    /// <summary>Raised when a picture is ready to be sent.</summary>
    public event Action? PictureReady;

    /// <summary>Works until the orders end.</summary>
    public void Run()
    {
        foreach (var order in orders.GetConsumingEnumerable())
        {
            switch (order)
            {
                case CameraOrder.PowerOn:
                    camera.Start();
                    break;
                case CameraOrder.PowerOff:
                    camera.Stop();
                    recorder.End();
                    break;
                case CameraOrder.Record record:
                    Record(record.Episode);
                    break;
                case CameraOrder.EndRecording:
                    recorder.End();
                    break;
                case CameraOrder.Stills { Episode: { } episode } stills:
                    // The recording's own trigger has asked for its pictures already.
                    if (episode.At != stills.At)
                    {
                        Capture(stills.At, Hash(episode), isStart: false);
                    }

                    break;
                case CameraOrder.PicturesAsked asked:
                    Capture(asked.At, Task.FromResult(asked.Command), isStart: false);
                    break;
            }
        }
    }

    /// <summary>States changes of the camera's health until it is disposed.</summary>
    public async Task WatchHealthAsync(CancellationToken cancellationToken)
    {
        var told = CameraState.Running;
        await foreach (var health in camera.HealthChanges.ReadAllAsync(cancellationToken))
        {
            log.Say($"camera state={health.State.ToString().ToLowerInvariant()} restarts={health.Restarts} reason=\"{health.Reason}\"");
            if (health.State == CameraState.Running)
            {
                told = CameraState.Running;
            }
            else if (health.State is CameraState.Failed or CameraState.Blind && health.State != told)
            {
                // Once until it films again: an encoder that is restarted every ten seconds is one fault.
                told = health.State;
                StateFault(health);
            }
        }
    }

    // Covering the camera is an attack on the seal; a failed one is work for a technician.
    private void StateFault(CameraHealth health)
    {
        var blind = health.State == CameraState.Blind;
        var body = CborValue.Map(
            ("level", CborValue.Integer(blind ? 2 : 1)), ("part", CborValue.Text("camera")), ("reason", CborValue.Text(health.Reason ?? "")));
        chain.State(blind ? "camera.blind" : "camera.fault", body, urgent: true);
    }

    private static async Task<Digest> Hash(Episode episode) => (await episode.Signed.WaitAsync(s_signatureLimit)).Hash;

    private void Record(Episode episode)
    {
        var at = Timestamp(episode.At);
        Capture(episode.At, Hash(episode), isStart: true);
        _ = MarkFirstFrameAsync(episode, camera.FirstFrameAfter(at));
        recorder.Begin(at);
    }

    private static async Task MarkFirstFrameAsync(Episode episode, Task<TimeSpan?> first)
    {
        if (await first is { } after)
        {
            episode.Mark(EpisodeMark.Camera, episode.At.Monotonic + after);
        }
    }

    private void Capture(Moment at, Task<Digest> trigger, bool isStart)
    {
        if (Interlocked.Increment(ref _captures) > CapturesMax)
        {
            Interlocked.Decrement(ref _captures);
            return;
        }

        var set = camera.Trigger(Timestamp(at));
        _ = StateAsync(set, trigger, isStart);
    }

    private async Task StateAsync(CameraTrigger set, Task<Digest> trigger, bool isStart)
    {
        try
        {
            var hash = await trigger;
            var started = isStart ? StateStartAsync(set, hash) : Task.CompletedTask;
            var thumbnail = await set.Thumbnail;
            if (thumbnail is not null)
            {
                await StateStillAsync(thumbnail, hash, isThumbnail: true);
            }

            foreach (var still in (await set.Stills).Pictures)
            {
                await StateStillAsync(still, hash, isThumbnail: false);
            }

            await started;
        }
        catch (TimeoutException)
        {
            log.Say("camera pictures dropped: their trigger was never signed");
        }
        finally
        {
            Interlocked.Decrement(ref _captures);
        }
    }

    private async Task StateStartAsync(CameraTrigger set, Digest trigger)
    {
        var first = await set.FirstFrame;
        log.Say($"camera first_frame_ms={(first is { } ms ? (long)ms.TotalMilliseconds : -1)} was_powered={set.WasPowered}");
        if (first is { } after)
        {
            chain.State("camera.on", CborValue.Map(
                ("trigger", CborValue.Bytes(trigger)),
                ("cold_start_ms", set.WasPowered ? null : CborValue.Integer((long)after.TotalMilliseconds))));
        }
    }

    private async Task StateStillAsync(Still still, Digest trigger, bool isThumbnail)
    {
        var hash = new Digest(still.Sha256.Span);
        var body = CborValue.Map(
            ("trigger", CborValue.Bytes(trigger)), ("offset_ms", CborValue.Integer(still.OffsetMs)),
            ("captured_ms", CborValue.Integer(Math.Max(0, still.Captured.UnixMs))),
            ("width", CborValue.Integer(still.Width)), ("height", CborValue.Integer(still.Height)), ("thumbnail", CborValue.Boolean(isThumbnail)));

        // The thumbnail is what the officer waits for: its statement does not wait for the group.
        var statement = chain.State("media.still", body, urgent: isThumbnail, new HashedData(hash, "image/jpeg"));
        log.Say($"still sequence={statement.Chain!.Sequence} hash={hash} offset_ms={still.OffsetMs} thumbnail={isThumbnail} bytes={still.Jpeg.Length}");
        await Task.Run(() => pictures.Add(hash, still.Jpeg));
        PictureReady?.Invoke();
    }

    private long Timestamp(Moment at) => (long)(at.Monotonic.TotalSeconds * time.TimestampFrequency);
}
