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
internal sealed class DoorReflex(Speaker speaker, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private CustodyState _state = CustodyState.Initial;
    private CustodySettings _settings = new();
    private volatile Episode? _episode;

    /// <summary>Facts to be signed, in order; the episode where the fact is its trigger.</summary>
    public BlockingCollection<(Fact Fact, Episode? Episode)> Facts { get; } = [];

    /// <summary>Orders to the camera, in order.</summary>
    public BlockingCollection<CameraOrder> CameraOrders { get; } = [];

    /// <summary>The latest trigger.</summary>
    public Episode? Episode => _episode;

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
            var before = _state.PostureAt(reading.At);
            var outcome = CustodyMachine.Decide(_state, reading, _settings);
            _state = outcome.State;
            var episode = EpisodeOf(outcome, reading.At);
            foreach (var action in outcome.Actions)
            {
                Act(action, episode);
            }

            foreach (var fact in outcome.Facts)
            {
                Facts.Add((fact, fact.Kind == episode?.Kind ? episode : null));
            }

            var after = _state.PostureAt(reading.At);
            if (IsFilmable(before) != IsFilmable(after))
            {
                CameraOrders.Add(IsFilmable(after) ? new CameraOrder.PowerOn() : new CameraOrder.PowerOff());
            }

            return outcome;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Facts.CompleteAdding();
        CameraOrders.CompleteAdding();
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

        var expected = EpisodeMark.Signed | EpisodeMark.Journaled | EpisodeMark.Sent
            | (outcome.Actions.Any(action => action is CustodyAction.StartSiren) ? EpisodeMark.Siren : EpisodeMark.None)
            | (outcome.Actions.Any(action => action is CustodyAction.Speak) ? EpisodeMark.Voice : EpisodeMark.None)
            | (camera is null ? EpisodeMark.None : EpisodeMark.Camera);
        return _episode = new Episode(kind, at, expected);
    }

    private void Act(CustodyAction action, Episode? episode)
    {
        switch (action)
        {
            case CustodyAction.StartSiren:
                speaker.Siren(on: true);
                break;
            case CustodyAction.StopSiren:
                speaker.Siren(on: false);
                break;
            case CustodyAction.Speak speak:
                speaker.Speak(speak.Stage);
                break;
            case CustodyAction.StopVoice:
                speaker.StopVoice();
                break;
            case CustodyAction.StartCamera when episode is not null:
                CameraOrders.Add(new CameraOrder.Record(episode));
                break;
            case CustodyAction.StopCamera:
                CameraOrders.Add(new CameraOrder.EndRecording());
                break;
            case CustodyAction.TakeStills stills:
                CameraOrders.Add(new CameraOrder.Stills(episode ?? _episode, stills.At));
                break;
        }
    }
}
