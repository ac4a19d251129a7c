namespace Cinnabar.Seal.Custody;

/// <summary>
/// Everything custody can ever learn: what a sensor saw, what the court ordered (already verified by
/// the caller against the pinned court key and its window), and that time passed. Closed: only the
/// nested records exist.
/// </summary>
internal abstract record Reading
{
    private Reading(Moment at) => At = at;

    public Moment At { get; init; }

    /// <summary>A two-state sensor changed, or was found in this state when its node was opened.</summary>
    public sealed record Contact(Moment At, SealInput Input, bool Active) : Reading(At);

    /// <summary>One accelerometer sample.</summary>
    public sealed record Motion(Moment At, Acceleration Value) : Reading(At);

    /// <summary>Mains supply came or went.</summary>
    public sealed record Mains(Moment At, bool Online) : Reading(At);

    /// <summary>Battery state: charge 0…100 %, the kernel's status word, voltage in µV or null.</summary>
    public sealed record Battery(Moment At, int CapacityPercent, string Status, long? Microvolts) : Reading(At);

    /// <summary>A sensor cannot be read. <paramref name="Sensor"/> names its configured role, not its path.</summary>
    public sealed record Fault(Moment At, string Sensor, string Reason) : Reading(At);

    /// <summary>A sensor that had failed can be read again.</summary>
    public sealed record Recovered(Moment At, string Sensor) : Reading(At);

    /// <summary>Time passed. To be sent at least once a second.</summary>
    public sealed record Tick(Moment At) : Reading(At);

    /// <summary>Verified command: armed until the legal end of the seal.</summary>
    public sealed record Arm(Moment At, DateTimeOffset LegalEnd) : Reading(At);

    /// <summary>After a restart, from the court's own statement: it was armed. Stated when it came, so not stated again.</summary>
    public sealed record ArmRestored(Moment At, DateTimeOffset LegalEnd) : Reading(At);

    /// <summary>After a restart, from the court's own statement: a grant that may still run.</summary>
    public sealed record GrantRestored(Moment At, OpeningGrant Grant) : Reading(At);

    /// <summary>Verified command: disarmed, for instance because the seal was lifted.</summary>
    public sealed record Disarm(Moment At, string Reason) : Reading(At);

    /// <summary>Verified command: the seal was renewed or shortened; its new legal end.</summary>
    public sealed record LegalEndSet(Moment At, DateTimeOffset LegalEnd) : Reading(At);

    /// <summary>Verified command: an authorised opening.</summary>
    public sealed record GrantGiven(Moment At, OpeningGrant Grant) : Reading(At);

    /// <summary>Verified command: the current opening ends now instead of at its printed end.</summary>
    public sealed record GrantEnded(Moment At) : Reading(At);

    /// <summary>Verified command: stop siren and voice. The next trigger starts them again.</summary>
    public sealed record SirenOff(Moment At, string Officer) : Reading(At);
}
