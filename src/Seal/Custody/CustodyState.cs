using System.Collections.Immutable;

namespace Cinnabar.Seal.Custody;

/// <summary>What custody remembers between readings. Immutable; <see cref="Initial"/> is a seal out of its box.</summary>
internal sealed record CustodyState
{
    public static CustodyState Initial { get; } = new();

    public bool IsArmed { get; init; }

    /// <summary>End of the legal basis (exclusive). Never null while armed.</summary>
    public DateTimeOffset? LegalEnd { get; init; }

    public bool LapseRecorded { get; init; }

    public OpeningState? Opening { get; init; }

    /// <summary>Inputs known to be in their bad state.</summary>
    public ImmutableSortedSet<SealInput> ActiveInputs { get; init; } = [];

    public MotionState Motion { get; init; }

    /// <summary>Light touches since arming.</summary>
    public long TouchCount { get; init; }

    /// <summary>Monotonic time of the trigger the siren sounds for; null when it rests.</summary>
    public TimeSpan? SirenSince { get; init; }

    /// <summary>Loudness the siren was last told, in % of full scale.</summary>
    public int SirenLoudness { get; init; }

    /// <summary>Monotonic time of the approach last told; null before the first.</summary>
    public TimeSpan? ApproachSince { get; init; }

    /// <summary>Approaches since then that were not told.</summary>
    public long ApproachesUntold { get; init; }

    public TimeSpan? NextVoice { get; init; }

    /// <summary>Monotonic time at which the camera may stop; null when it is off.</summary>
    public TimeSpan? CameraUntil { get; init; }

    public bool MainsLost { get; init; }

    public BatteryCharge Battery { get; init; }

    /// <summary>Charge last read, 0…100 %; null before the first.</summary>
    public int? BatteryPercent { get; init; }

    public ImmutableSortedSet<string> FailedSensors { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public Posture PostureAt(Moment at)
    {
        if (!IsArmed)
        {
            return Posture.Disarmed;
        }

        if (at.Wall >= LegalEnd)
        {
            return Posture.Lapsed;
        }

        return Opening is { } opening && opening.IsWindowOpen(at) ? Posture.Opening : Posture.Armed;
    }
}
