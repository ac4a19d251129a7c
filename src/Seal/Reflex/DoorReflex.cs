using System.Collections.Concurrent;
using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Reflex;

/// <summary>
/// From a reading to its consequences. Siren and voice are told on the sensor's own thread by calls that return at once;
/// the camera and the signature each have a queue and a thread of their own. None waits for another, for the disk or for
/// the network.
/// </summary>
/// <remarks>Readings may come from any thread; they are decided one after the other.</remarks>
/// <param name="hasCamera">Without one, orders to it are left out: nobody would take them.</param>
internal sealed class DoorReflex(Speaker speaker, bool hasCamera, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private CustodyState _state = CustodyState.Initial;
    private CustodySettings _settings = new();
    private volatile Episode? _episode;
    private volatile Episode? _approach;
    private bool _stopped;

    /// <summary>Facts to be signed, in order; the episode where the fact is its trigger.</summary>
    public BlockingCollection<(Fact Fact, Episode? Episode)> Facts { get; } = [];

    /// <summary>Orders to the camera, in order.</summary>
    public BlockingCollection<CameraOrder> CameraOrders { get; } = [];

    /// <summary>The latest trigger.</summary>
    public Episode? Episode => _episode;

    /// <summary>The latest approach, to which the warning of stage 1 was the answer.</summary>
    public Episode? Approach => _approach;

    /// <summary>The date at the door: wordings change with it.</summary>
    public DateOnly Today
    {
        get
        {
            lock (_gate)
            {
                return _settings.DayAt(time.GetUtcNow());
            }
        }
    }

    /// <summary>How loud the court lets siren and voice be now, in % of full scale.</summary>
    public int Loudness
    {
        get
        {
            lock (_gate)
            {
                return _settings.LoudnessAt(time.GetUtcNow());
            }
        }
    }

    public CustodyState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    public Posture Posture => State.PostureAt(Moment.Of(time));

    /// <summary>Thresholds of the court's settings document, from now on.</summary>
    public void Apply(CustodySettings settings)
    {
        lock (_gate)
        {
            _settings = settings;
        }
    }

    /// <summary>Decides one reading and sets its consequences going.</summary>
    public CustodyOutcome Take(Reading reading)
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return new CustodyOutcome(_state, [], []);
            }

            var (before, wasSounding) = (_state.PostureAt(reading.At), _state.SirenSince is not null);
            var outcome = CustodyMachine.Decide(_state, reading, _settings);
            _state = outcome.State;
            var episode = EpisodeOf(outcome, reading.At);
            var approach = ApproachOf(outcome, reading.At);
            var expected = EpisodeMark.Signed | EpisodeMark.Journaled | EpisodeMark.Sent;
            foreach (var action in outcome.Actions)
            {
                expected |= Act(action, episode);
            }

            // A siren that sounds already does not begin again.
            episode?.Expect(wasSounding ? expected & ~EpisodeMark.Siren : expected);
            approach?.Expect(expected);

            foreach (var fact in outcome.Facts)
            {
                Facts.Add((fact, fact.Kind == episode?.Kind ? episode : fact.Kind == approach?.Kind ? approach : null));
            }

            var after = _state.PostureAt(reading.At);
            if (IsFilmable(before) != IsFilmable(after))
            {
                Order(IsFilmable(after) ? new CameraOrder.PowerOn() : new CameraOrder.PowerOff());
            }

            return outcome;
        }
    }

    /// <summary>Asks the camera for something that no reading led to.</summary>
    public void Ask(CameraOrder order)
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                Order(order);
            }
        }
    }

    /// <summary>Ends both queues; a reading that comes later, from a timer still firing, changes nothing.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Facts.CompleteAdding();
            CameraOrders.CompleteAdding();
        }
    }

    // Without a legal basis no camera runs, not even to fill its ring.
    private static bool IsFilmable(Posture posture) => posture is Posture.Armed or Posture.Opening;

    private Episode? EpisodeOf(CustodyOutcome outcome, Moment at)
    {
        var camera = outcome.Actions.OfType<CustodyAction.StartCamera>().FirstOrDefault();
        var kind = camera?.Trigger ?? outcome.Facts.FirstOrDefault(fact => fact.IsAlarm)?.Kind;
        if (kind is null || outcome.Facts.All(fact => fact.Kind != kind))
        {
            return null;
        }

        return _episode = new Episode(kind, at);
    }

    // Beside the triggers, not among them: pictures and siren still belong to the last of those.
    private Episode? ApproachOf(CustodyOutcome outcome, Moment at) =>
        outcome.Facts.All(fact => fact.Kind != FactKinds.ApproachPerson) ? null : _approach = new Episode(FactKinds.ApproachPerson, at);

    /// <summary>Starts an action; answers with what will be heard or seen of it.</summary>
    private EpisodeMark Act(CustodyAction action, Episode? episode)
    {
        switch (action)
        {
            case CustodyAction.StartSiren siren:
                speaker.Siren(on: true, siren.Loudness);
                return EpisodeMark.Siren;
            case CustodyAction.StopSiren:
                speaker.Siren(on: false);
                break;
            case CustodyAction.Speak speak:
                return speaker.Speak(speak.Stage, speak.Loudness) ? EpisodeMark.Voice : EpisodeMark.None;
            case CustodyAction.StopVoice:
                speaker.StopVoice();
                break;
            case CustodyAction.StartCamera when episode is not null:
                return Order(new CameraOrder.Record(episode));
            case CustodyAction.StopCamera:
                Order(new CameraOrder.EndRecording());
                break;
            case CustodyAction.TakeStills stills:
                Order(new CameraOrder.Stills(episode ?? _episode, stills.At));
                break;
        }

        return EpisodeMark.None;
    }

    private EpisodeMark Order(CameraOrder order)
    {
        if (!hasCamera)
        {
            return EpisodeMark.None;
        }

        CameraOrders.Add(order);
        return EpisodeMark.Camera;
    }
}
