using System.Collections.Immutable;

namespace Cinnabar.Seal.Custody;

/// <summary>
/// One decision in the making: the state so far and what was gathered. The only place that knows how
/// loud a trigger may be, so that no rule can sound a siren without asking for the legal basis.
/// </summary>
internal sealed class CustodyStep(CustodyState state, Moment at, CustodySettings settings)
{
    internal const string NoLegalBasis = "no legal basis";
    internal const string AuthorisedOpening = "authorised opening";

    private readonly ImmutableArray<Fact>.Builder _facts = ImmutableArray.CreateBuilder<Fact>();
    private readonly ImmutableArray<CustodyAction>.Builder _actions = ImmutableArray.CreateBuilder<CustodyAction>();

    public CustodyState State { get; set; } = state;

    public Moment At { get; } = at;

    public CustodySettings Settings { get; } = settings;

    /// <summary>How loud siren and voice may be now, in % of full scale.</summary>
    public int Loudness => Settings.LoudnessAt(At.Wall);

    public Posture Posture => State.PostureAt(At);

    public CustodyOutcome Outcome() => new(State, _facts.ToImmutable(), _actions.ToImmutable());

    public void Record(string kind, AlarmLevel level, params ReadOnlySpan<FactField> body) =>
        _facts.Add(new Fact(kind, level, At, [.. body]));

    public void Act(CustodyAction action) => _actions.Add(action);

    /// <summary>
    /// A trigger in whatever posture the seal is. Armed: the full answer. Authorised opening: a record,
    /// but an attack on the device itself stays an L2 with pictures. Disarmed or lapsed: a record.
    /// </summary>
    public void Trigger(Trigger trigger, params ReadOnlySpan<FactField> body)
    {
        switch (Posture)
        {
            case Posture.Armed:
                Answer(trigger, body);
                break;
            case Posture.Opening when trigger.OnDevice:
                Record(trigger.Kind, AlarmLevel.L2, body);
                StartCamera(trigger.Kind);
                Suppressed(trigger.Kind, AuthorisedOpening);
                break;
            case Posture.Lapsed:
                Record(trigger.Kind, AlarmLevel.Record, body);
                Suppressed(trigger.Kind, NoLegalBasis);
                break;
            default:
                Record(trigger.Kind, AlarmLevel.Record, body);
                break;
        }
    }

    public void StartCamera(string trigger)
    {
        Act(new CustodyAction.StartCamera(trigger));
        Act(new CustodyAction.TakeStills(trigger, At));
        State = State with { CameraUntil = At.Monotonic + TimeSpan.FromSeconds(Settings.CameraHold) };
    }

    public void StopCamera()
    {
        if (State.CameraUntil is not null)
        {
            Act(new CustodyAction.StopCamera());
            State = State with { CameraUntil = null };
        }
    }

    public void StartSiren()
    {
        Act(new CustodyAction.StartSiren(Loudness));
        State = State with { SirenLoudness = Loudness };
    }

    public void Speak(int stage) => Act(new CustodyAction.Speak(stage, Loudness));

    /// <summary>Siren and voice rest; recorded only when the siren was sounding.</summary>
    public void Quiet(string reason)
    {
        if (State.SirenSince is not null)
        {
            Act(new CustodyAction.StopSiren());
            Record(FactKinds.SirenOff, AlarmLevel.Record, new FactField("reason", reason));
            State = State with { SirenSince = null, NextVoice = null };
        }

        Act(new CustodyAction.StopVoice());
    }

    private void Answer(Trigger trigger, ReadOnlySpan<FactField> body)
    {
        if (trigger.Level == AlarmLevel.L3)
        {
            StartSiren();
            State = State with
            {
                SirenSince = At.Monotonic,
                NextVoice = At.Monotonic + TimeSpan.FromSeconds(Settings.VoiceRepeat),
            };
        }

        Speak(trigger.Stage);
        StartCamera(trigger.Kind);
        Record(trigger.Kind, trigger.Level, body);
    }

    private void Suppressed(string kind, string reason) =>
        Record(FactKinds.VoiceSuppressed, AlarmLevel.Record, new FactField("trigger", kind), new FactField("reason", reason));
}
